using OpenLedger.Engine.Templates;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>A row as a mapping makes it, before it has an id and an owner. Knows nothing of the file.</summary>
internal sealed record RowDraft(IReadOnlyList<ChatTurn> Turns, string? Text, string? Id, string? Source, string? SourceUrl, bool Wanted, IReadOnlyList<RowProblem> Problems);
