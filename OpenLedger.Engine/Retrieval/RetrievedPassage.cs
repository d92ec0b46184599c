using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Retrieval;

/// <summary>A passage as a question found it, with every score it got on the way. Knows nothing of the answer.</summary>
/// <param name="DatanetId">The Datanet.</param>
/// <param name="VersionRoot">The Merkle root of the version it was found in.</param>
/// <param name="Passage">The row, the span, the text, the contributor.</param>
/// <param name="Rank">1 for the best.</param>
/// <param name="Bm25">By words; 0 where it shares none with the question.</param>
/// <param name="Cosine">By meaning, -1 to 1.</param>
/// <param name="Fused">Reciprocal rank fusion of both.</param>
/// <param name="Coverage">The share of the question's terms it holds, each weighed by how rare it is, 0 to 1.</param>
public sealed record RetrievedPassage(string DatanetId, Sha256Hash VersionRoot, Passage Passage, int Rank, double Bm25, double Cosine, double Fused, double Coverage)
{
    /// <summary>The row across Datanets: what a share is paid by.</summary>
    public string Row => $"{DatanetId}/{Passage.RowId}";
}
