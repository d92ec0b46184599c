namespace OpenLedger.Engine.Retrieval;

/// <summary>How much a search returns.</summary>
/// <param name="Passages">At most so many passages. Default 4.</param>
/// <param name="PerRow">At most so many of one row. Default 2: a long row must not push all others out.</param>
/// <param name="Candidates">So many of each ranking are fused. Default 50.</param>
public sealed record RetrievalLimits(int Passages = 4, int PerRow = 2, int Candidates = 50);
