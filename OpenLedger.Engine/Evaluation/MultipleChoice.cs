using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Evaluation;

/// <summary>Which of several answers a model finds likeliest, as lm-evaluation-harness asks it. Writes nothing.</summary>
/// <param name="Scores">Each choice.</param>
/// <param name="Pick">The likeliest choice.</param>
/// <param name="PickByLength">The likeliest a character: a long answer is not punished for its length.</param>
public sealed record MultipleChoice(IReadOnlyList<Continuation> Scores, int Pick, int PickByLength)
{
    /// <summary>Asks.</summary>
    public static MultipleChoice Ask(LanguageModel model, LoraWeights? adapter, Tokenizer tokenizer, string context, IReadOnlyList<string> choices)
    {
        // Spaces at the end of a context belong to the choice's first token.
        string asked = context.TrimEnd(), moved = context[asked.Length..];
        int[] before = tokenizer.Encode(asked);
        return Of([.. choices.Select(choice => Continuation.Score(model, adapter, before, tokenizer.Encode(asked + moved + choice).AsSpan(before.Length)))], choices);
    }

    /// <summary>Picks among choices that were scored.</summary>
    public static MultipleChoice Of(IReadOnlyList<Continuation> scores, IReadOnlyList<string> choices) => new(
        scores, Largest(scores.Select(score => score.LogLikelihood)), Largest(scores.Select((score, i) => score.LogLikelihood / Math.Max(1, choices[i].EnumerateRunes().Count()))));

    private static int Largest(IEnumerable<double> values) => values.Select((value, i) => (value, i)).MaxBy(one => one.value).i;
}
