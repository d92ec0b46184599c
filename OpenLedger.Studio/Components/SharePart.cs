using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Components;

/// <summary>One part of a payment as the share bar draws it.</summary>
/// <param name="Name">Who is paid.</param>
/// <param name="BasisPoints">Its part of the whole, of 10,000.</param>
/// <param name="Amount">What that is.</param>
/// <param name="Href">Where it can be followed.</param>
/// <param name="IsRest">Many small parts shown as one; drawn grey and last.</param>
public sealed record SharePart(string Name, int BasisPoints, Wei Amount, string? Href = null, bool IsRest = false);
