namespace OpenLedger.Engine.Retrieval;

/// <summary>What a question found. Knows nothing of the answer.</summary>
/// <param name="Question">As it was asked.</param>
/// <param name="Passages">The relevant passages, best first; empty when nothing relevant was found.</param>
/// <param name="Nearest">The best that there was, relevant or not, so that a page can show what was turned down; null in an empty collection.</param>
public sealed record RetrievalResult(string Question, IReadOnlyList<RetrievedPassage> Passages, RetrievedPassage? Nearest)
{
    /// <summary>No passage answers the question, as far as retrieval can tell. An answer must then say so.</summary>
    public bool NothingRelevant => Passages.Count == 0;
}
