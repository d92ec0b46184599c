namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>What a person decided about a file: what its columns are, what to do with the rows in doubt, whose the rows are, and which rows are there already.</summary>
/// <param name="Mapping">What the columns are used as.</param>
/// <param name="Mends">Decisions about rows; a row may have several, a later one counts.</param>
/// <param name="Contributor">The address whose rows these become.</param>
/// <param name="Existing">The Datanet's rows so far, to find duplicates of.</param>
public sealed record IngestPlan(ColumnMapping Mapping, IReadOnlyList<RowMend> Mends, string Contributor, IReadOnlyList<DatanetRow> Existing);
