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
    private const int AnswerRows = 5, AnswerTokens = 80, BatchRows = 4;

    /// <summary>Measures both, then lets both answer five rows greedily.</summary>
    public static TuningReport Make(
        LanguageModel model, LoraWeights adapter, int steps, IReadOnlyList<EncodedRow> heldOut, Tokenizer tokenizer, IReadOnlySet<int> stops, CancellationToken cancel) => new(
            HeldOutLoss.Measure(model, null, heldOut, BatchRows, 0, cancel),
            HeldOutLoss.Measure(model, adapter, heldOut, BatchRows, steps, cancel),
            [.. heldOut.Take(AnswerRows).Select(row => Pair(model, adapter, row, tokenizer, stops, cancel))]);

    /// <summary>How many tokens both will answer at most, the questions' own reading left out.</summary>
    public static int AnsweredTokens(IReadOnlyList<EncodedRow> heldOut) => 2 * heldOut.Take(AnswerRows).Sum(row => Math.Min(AnswerTokens, row.Answer.Length));

    private static AnswerPair Pair(LanguageModel model, LoraWeights adapter, EncodedRow row, Tokenizer tokenizer, IReadOnlySet<int> stops, CancellationToken cancel)
    {
        ReadOnlySpan<int> prompt = row.Prompt;
        return new(
            row.Id, row.Question ?? tokenizer.Decode(prompt), tokenizer.Decode(row.Answer),
            tokenizer.Decode(GreedyAnswer.To(model, null, prompt, stops, AnswerTokens, cancel)),
            tokenizer.Decode(GreedyAnswer.To(model, adapter, prompt, stops, AnswerTokens, cancel)));
    }
}
