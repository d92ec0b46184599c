using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Training;

/// <summary>Base against tuned on rows that neither learned from. Knows nothing of how the adapter came about.</summary>
/// <param name="Base">The base's loss on the kept-out rows.</param>
/// <param name="Tuned">The adapter's.</param>
/// <param name="Answers">A few rows answered by both.</param>
public sealed record TuningReport(HeldOutLoss Base, HeldOutLoss Tuned, IReadOnlyList<AnswerPair> Answers)
{
    /// <summary>How many rows are answered, side by side.</summary>
    internal const int AnswerRows = 5;

    private const int AnswerTokens = 80, BatchRows = 4;

    /// <summary>Measures both, then lets both answer five rows greedily.</summary>
    public static TuningReport Make(
        LanguageModel model, LoraWeights adapter, int steps, IReadOnlyList<EncodedRow> heldOut, Tokenizer tokenizer, IReadOnlySet<int> stops, CancellationToken cancel) => new(
            HeldOutLoss.Measure(model, null, heldOut, BatchRows, 0, cancel),
            HeldOutLoss.Measure(model, adapter, heldOut, BatchRows, steps, cancel),
            Pairs(model, adapter, [.. heldOut.Take(AnswerRows)], tokenizer, stops, cancel));

    /// <summary>How many times the answers become a token longer, by both together: a base seldom knows where to stop, what was tuned stops where its rows do.</summary>
    internal static int AnswerSteps(IReadOnlyList<EncodedRow> heldOut) =>
        heldOut.Count == 0 ? 0 : AnswerTokens + heldOut.Take(AnswerRows).Max(row => Math.Min(AnswerTokens, row.Answer.Length));

    private static AnswerPair[] Pairs(LanguageModel model, LoraWeights adapter, EncodedRow[] rows, Tokenizer tokenizer, IReadOnlySet<int> stops, CancellationToken cancel)
    {
        int[][] prompts = [.. rows.Select(row => row.Prompt.ToArray())];
        int[][] ofBase = GreedyAnswer.To(model, null, prompts, stops, AnswerTokens, cancel), ofTuned = GreedyAnswer.To(model, adapter, prompts, stops, AnswerTokens, cancel);
        return [.. rows.Select((row, i) => new AnswerPair(
            row.Id, row.Question ?? tokenizer.Decode(row.Prompt), tokenizer.Decode(row.Answer), tokenizer.Decode(ofBase[i]), tokenizer.Decode(ofTuned[i])))];
    }
}
