namespace OpenLedger.Engine.Retrieval;

/// <summary>One sentence of an answer and what stands behind it. Knows nothing of the sentences around it.</summary>
/// <param name="Span">Where it stands in the answer.</param>
/// <param name="Verdict">What the check came to.</param>
/// <param name="Passage">The passage nearest to it, by its place in the list, from 0; null without passages or where nothing is claimed.</param>
/// <param name="Evidence">The sentences of the row that are nearest to it; the passage's span where none stands out.</param>
/// <param name="Overlap">The share of its word 3-grams that stand in the passage, 0 to 1.</param>
/// <param name="Cosine">How near its meaning is to the nearest sentence of the passage, -1 to 1.</param>
/// <param name="Words">Its words.</param>
public sealed record SentenceSupport(TextSpan Span, SupportVerdict Verdict, int? Passage, TextSpan? Evidence, double Overlap, double Cosine, int Words);
