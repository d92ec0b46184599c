namespace OpenLedger.Engine.Retrieval;

/// <summary>One <c>[n]</c> in an answer and what it points at. Knows nothing of how it is drawn.</summary>
/// <param name="Number">n: the passage's place in the list, from 1.</param>
/// <param name="Mark">Where <c>[n]</c> stands in the cited text.</param>
/// <param name="Sentence">Where the sentence it belongs to stands in the cited text.</param>
/// <param name="Passage">The passage.</param>
/// <param name="Evidence">The stretch of the row that says it.</param>
public sealed record Citation(int Number, TextSpan Mark, TextSpan Sentence, RetrievedPassage Passage, TextSpan Evidence);
