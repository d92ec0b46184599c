using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tokenization;
using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Evaluation;

/// <summary>Measures a base and an adapter on the same rows and says how sure each difference is. Knows nothing of how the adapter came about.</summary>
/// <param name="stops">Tokens at which an answer ends.</param>
/// <param name="progress">Told after each row: how many are done, of how many.</param>
public sealed class EvaluateAdapter(LanguageModel model, LoraWeights adapter, Tokenizer tokenizer, IReadOnlySet<int> stops, Action<int, int>? progress = null)
{
    private const int Shown = 3, SideBySide = 5;
    private int _done, _all;

    /// <summary>Measures; minutes on a small machine.</summary>
    public EvaluationReport Run(EvaluationRows rows, CancellationToken cancel)
    {
        EncodedRow[] answered = [.. rows.HeldOut.Take(rows.Answered)];
        (_done, _all) = (0, rows.HeldOut.Count + rows.Probe.Count + 2 * answered.Length);
        List<Comparison> measures = [Perplexity(rows.HeldOut, cancel)];
        if (RowChoices.CanAsk(answered)) measures.Add(Choices(answered, rows.Seed, cancel));
        ScoredAnswer[] answers = [.. answered.Chunk(SideBySide).SelectMany(few => Answer(few, rows.AnswerTokens, cancel))];
        measures.AddRange(AnswerMeasures.Of(answers));
        Comparison? forgetting = rows.Probe.Count > 0 ? Perplexity(rows.Probe, cancel) : null;
        ScoredAnswer[] ranked = [.. answers.OrderByDescending(answer => answer.TunedScore).ThenBy(answer => answer.Row, StringComparer.Ordinal)];
        int shown = Math.Min(Shown, ranked.Length / 2);
        return new(measures, forgetting, rows.ProbeName, ranked[..shown], [.. ranked[^shown..].Reverse()]);
    }

    private Comparison Perplexity(IReadOnlyList<EncodedRow> rows, CancellationToken cancel)
    {
        List<HeldOutLoss> ofBase = [], ofTuned = [];
        foreach (EncodedRow row in rows)
        {
            ofBase.Add(HeldOutLoss.Measure(model, null, [row], 1, 0, cancel));
            ofTuned.Add(HeldOutLoss.Measure(model, adapter, [row], 1, 0, cancel));
            Tell();
        }
        // The mean is over tokens, so a drawn set of rows weighs each by its length.
        return Comparison.Of(Measure.Perplexity, ofBase, ofTuned, set => Math.Exp(set.Sum(row => row.Loss * row.Tokens) / Math.Max(1, set.Sum(row => row.Tokens))));
    }

    private Comparison Choices(EncodedRow[] rows, int seed, CancellationToken cancel)
    {
        RowChoices choices = new(rows, tokenizer, seed);
        List<double> ofBase = [], ofTuned = [];
        for (int i = 0; i < rows.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            ofBase.Add(choices.IsRight(model, null, i) ? 1 : 0);
            ofTuned.Add(choices.IsRight(model, adapter, i) ? 1 : 0);
            Tell();
        }
        return Comparison.Of(Measure.Choice, ofBase, ofTuned, set => set.Average());
    }

    private ScoredAnswer[] Answer(EncodedRow[] few, int limit, CancellationToken cancel)
    {
        int[][] prompts = [.. few.Select(row => row.Prompt.ToArray())];
        int[][] ofBase = GreedyAnswer.To(model, null, prompts, stops, limit, cancel), ofTuned = GreedyAnswer.To(model, adapter, prompts, stops, limit, cancel);
        return [.. few.Select((row, i) => Scored(row, tokenizer.Decode(ofBase[i]), tokenizer.Decode(ofTuned[i])))];
    }

    private ScoredAnswer Scored(EncodedRow row, string ofBase, string ofTuned)
    {
        Tell();
        string expected = tokenizer.Decode(row.Answer);
        return new(row.Id, row.Question ?? tokenizer.Decode(row.Prompt), expected, ofBase, ofTuned, AnswerMatch.F1(ofBase, expected), AnswerMatch.F1(ofTuned, expected));
    }

    private void Tell() => progress?.Invoke(++_done, _all);
}
