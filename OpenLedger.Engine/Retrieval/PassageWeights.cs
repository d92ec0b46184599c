using System.Numerics;

namespace OpenLedger.Engine.Retrieval;

/// <summary>What each row's passages count for an answer, in whole millionths: the scores that shares are made of. Knows nothing of money.</summary>
/// <remarks>
/// A passage that supports sentences counts four parts for the share of the answer's words it supports and one part for its share of the retrieval score
/// among those that support; a passage that supports none counts nothing, so that being found alone does not pay. Where no sentence is supported
/// but the answer claims something, the model had read the passages and retrieval alone decides. An answer that claims nothing used none.
/// </remarks>
public static class PassageWeights
{
    private const int Whole = 1_000_000;
    private const int SupportParts = 4;

    /// <summary>The weight of each row (Datanet and row id), zero for rows that were retrieved and not used, in the passages' order.</summary>
    public static IReadOnlyList<(string Row, BigInteger Weight)> Of(AnswerSupport support)
    {
        long[] weights = Weights(support);
        return [.. support.Passages.Select((passage, p) => (passage.Row, Weight: weights[p])).GroupBy(entry => entry.Row, StringComparer.Ordinal)
            .Select(row => (row.Key, new BigInteger(row.Sum(entry => entry.Weight))))];
    }

    private static long[] Weights(AnswerSupport support)
    {
        long[] words = new long[support.Passages.Count];
        foreach (SentenceSupport sentence in support.Sentences)
            if (sentence is { Verdict: SupportVerdict.Supported, Passage: int passage }) words[passage] += sentence.Words;
        long supported = words.Sum();
        bool claims = support.Sentences.Any(sentence => sentence.Verdict != SupportVerdict.NothingClaimed);
        if (!claims) return new long[words.Length];

        bool[] counts = [.. words.Select(count => supported == 0 || count > 0)];
        double fused = support.Passages.Where((_, p) => counts[p]).Sum(passage => passage.Fused);
        return [.. support.Passages.Select((passage, p) => counts[p]
            ? (supported == 0 ? 0 : SupportParts * Whole * words[p] / supported) + (long)Math.Floor(Whole * passage.Fused / fused)
            : 0)];
    }
}
