using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Training;

/// <summary>How fast this machine trains this model and lets it answer, from one short step and one short answer. Knows nothing of rows.</summary>
/// <param name="OperationsPerSecond">Floating-point operations a second, as <see cref="TrainingEstimate"/> counts them.</param>
/// <param name="AnswerTokensPerSecond">Tokens a second of an answer, one after another.</param>
public sealed record MachineRate(double OperationsPerSecond, double AnswerTokensPerSecond)
{
    private const int Rows = 2, Tokens = 128, AnswerTokens = 12;

    /// <summary>Takes one step to warm up and two to measure, the better of which counts; a few seconds for the starter model.</summary>
    public static MachineRate Measure(LanguageModel model, TrainingRecipe recipe, TimeProvider time)
    {
        using LoraWeights adapter = LoraWeights.Create(recipe.Adapter, model.Linears, 1, model.Device, model.WeightOf);
        using AdamW optimizer = new(adapter.Parameters, recipe.WeightDecay);
        TrainingStep step = TrainingStep.For(recipe, model, adapter, optimizer);
        EncodedRow[] rows = [.. Enumerable.Range(0, Rows).Select(Row)];
        double Seconds(Action work)
        {
            long began = time.GetTimestamp();
            work();
            return time.GetElapsedTime(began).TotalSeconds;
        }
        void Learn() => step.Run([rows], 0, 1);
        void Answer() => GreedyAnswer.To(model, adapter, rows[0].Ids.AsSpan(0, 1), new HashSet<int>(), AnswerTokens, CancellationToken.None);
        Learn();
        double learning = Math.Min(Seconds(Learn), Seconds(Learn));
        Answer();
        return new(new StepCost(model.Outline, recipe).Learning(rows) / learning, AnswerTokens / Seconds(Answer));
    }

    private static EncodedRow Row(int number) => new(
        $"probe-{number}", [.. Enumerable.Range(number, Tokens)], [.. Enumerable.Range(0, Tokens).Select(place => place >= Tokens / 2)]);
}
