using OpenLedger.Engine.Templates;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>A row as a mapping makes it, before it has an id and an owner. Knows nothing of the file.</summary>
internal sealed record RowDraft(IReadOnlyList<ChatTurn> Turns, string? Text, string? Id, string? Source, string? SourceUrl, bool Wanted, IReadOnlyList<RowProblem> Problems)
{
    /// <summary>An answer that was not preferred; null for none.</summary>
    public string? Rejected { get; init; }

    /// <summary>The answer's thumb; null for none.</summary>
    public bool? Liked { get; init; }
}
