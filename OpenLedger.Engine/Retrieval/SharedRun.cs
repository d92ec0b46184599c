namespace OpenLedger.Engine.Retrieval;

/// <summary>A run of words that an answer and a passage have in common, letter for letter but for case: what a page underlines. Knows nothing of who wrote it first.</summary>
/// <param name="Answer">Where it stands in the answer.</param>
/// <param name="Passage">Which passage, by its place in the list, from 0.</param>
/// <param name="Row">Where it stands in the passage's row.</param>
/// <param name="Words">How many words.</param>
public sealed record SharedRun(TextSpan Answer, int Passage, TextSpan Row, int Words);
