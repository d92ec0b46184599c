namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>A person's decision about a row of the file.</summary>
/// <param name="Row">The row's number.</param>
/// <param name="Action">What to do.</param>
/// <param name="Column">The cell to write; null for the whole line or row.</param>
/// <param name="Value">What to write there.</param>
public sealed record RowMend(int Row, MendAction Action, string? Column = null, string? Value = null);
