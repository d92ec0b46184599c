namespace OpenLedger.Engine.Retrieval;

/// <summary>How long passages are, in tokens of the embedding model.</summary>
/// <param name="Target">A passage is closed once it has this many. Default 90.</param>
/// <param name="Most">A passage has no more than this. Default 130: with a heading it stays far below the 256 tokens that the embedder reads.</param>
/// <param name="Least">A last passage shorter than this joins the one before, if both fit. Default 30.</param>
public sealed record ChunkSize(int Target = 90, int Most = 130, int Least = 30);
