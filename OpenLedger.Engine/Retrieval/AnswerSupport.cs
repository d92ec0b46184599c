namespace OpenLedger.Engine.Retrieval;

/// <summary>An answer against the passages it was given: sentence by sentence, and the runs of words they share. Knows nothing of money.</summary>
public sealed record AnswerSupport(string Answer, IReadOnlyList<RetrievedPassage> Passages, IReadOnlyList<SentenceSupport> Sentences, IReadOnlyList<SharedRun> Runs)
{
    /// <summary>The share of the words that claim something which stand in supported sentences; null where nothing is claimed.</summary>
    public double? SupportedShare
    {
        get
        {
            int claimed = Sentences.Where(sentence => sentence.Verdict != SupportVerdict.NothingClaimed).Sum(sentence => sentence.Words);
            return claimed == 0 ? null : Sentences.Where(sentence => sentence.Verdict == SupportVerdict.Supported).Sum(sentence => sentence.Words) / (double)claimed;
        }
    }
}
