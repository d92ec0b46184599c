using System.Numerics;
using System.Text.Json.Serialization;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Attribution;

/// <summary>One row in an attribution record: what it scored and what that paid. Knows nothing of the row's text.</summary>
/// <param name="Reason">Whether it counted as a passage or as a training row.</param>
/// <param name="Model">The adapter whose training set it stands in; null for passages.</param>
/// <param name="Row">The row's id.</param>
/// <param name="Contributor">Who is paid; null where nobody is known.</param>
/// <param name="Score">As measured, signed.</param>
/// <param name="Share">Wei.</param>
public sealed record AttributedRow(
    FeeReason Reason, string? Model, string Row, string? Contributor, RawScore Score, [property: JsonConverter(typeof(WholeNumberJson))] BigInteger Share);
