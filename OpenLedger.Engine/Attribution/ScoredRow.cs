namespace OpenLedger.Engine.Attribution;

/// <summary>One row of data with what it scored for an answer. Knows nothing of money.</summary>
/// <param name="Id">The row's id, unique in the call: where several Datanets serve, qualified by theirs.</param>
/// <param name="Contributor">The address that is paid; null where nobody is known, and then the treasury takes the share.</param>
/// <param name="Score">As measured, signed.</param>
/// <param name="Group">The group of exact and near duplicates it belongs to; null for a row that is like no other.</param>
/// <param name="Order">Which came first: the row's place in the Datanet's history, ascending.</param>
public sealed record ScoredRow(string Id, string? Contributor, RawScore Score, string? Group = null, long Order = 0);
