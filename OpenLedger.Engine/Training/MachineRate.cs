using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Training;

/// <summary>How fast this machine trains this model and lets it answer, from two short batches and a few short answers. Knows nothing of rows.</summary>
/// <param name="OperationsPerSecond">Floating-point operations a second, as <see cref="TrainingEstimate"/> counts them.</param>
/// <param name="SecondsPerBatch">What learning from a batch takes however short it is: reading the weights, dequantising them, the step itself. Half of a batch of 128 tokens on two cores.</param>
/// <param name="AnswerStepsPerSecond">How many times a second the answers of a <see cref="TuningReport"/> become a token longer.</param>
public sealed record MachineRate(double OperationsPerSecond, double SecondsPerBatch, double AnswerStepsPerSecond)
{
    private const int Rows = 4, Tokens = 128, AnswerTokens = 8;

    /// <summary>Takes a short step to warm up, then two of one row and two of four, of each the better one; six seconds for the starter model on two cores.</summary>
    public static MachineRate Measure(LanguageModel model, TrainingRecipe recipe, TimeProvider time)
    {
        using LoraWeights adapter = LoraWeights.Create(recipe.Adapter, model.Linears, 1, model.Device, model.WeightOf);
        using AdamW optimizer = new(adapter.Parameters, recipe.WeightDecay);
        TrainingStep step = TrainingStep.For(recipe, model, adapter, optimizer);
        EncodedRow[] many = [.. Enumerable.Range(0, Rows).Select(Row)], one = many[..1];
        double Seconds(Action work)
        {
            long began = time.GetTimestamp();
            work();
            return time.GetElapsedTime(began).TotalSeconds;
        }
        double Learning(EncodedRow[] rows) => Seconds(() => step.Run([rows], 0, 1));
        Learning(one);
        StepCost cost = new(model.Outline, recipe);
        return Between(
            (cost.Learning(one), Math.Min(Learning(one), Learning(one))), (cost.Learning(many), Math.Min(Learning(many), Learning(many))),
            AnswerSteps(model, adapter, Seconds));
    }

    /// <summary>The line through two batches; a disturbed clock may say nonsense, so a batch's own time is held between nothing and three quarters of the shorter one.</summary>
    private static MachineRate Between((double Operations, double Seconds) one, (double Operations, double Seconds) many, double answerSteps)
    {
        double alone = (many.Operations * one.Seconds - one.Operations * many.Seconds) / (many.Operations - one.Operations);
        double own = Math.Clamp(alone, 0, 0.75 * Math.Min(one.Seconds, many.Seconds));
        return new(many.Operations / (many.Seconds - own), own, answerSteps);
    }

    private static double AnswerSteps(LanguageModel model, LoraWeights adapter, Func<Action, double> seconds)
    {
        int[][] asked = [.. Enumerable.Range(1, TuningReport.AnswerRows).Select(length => Row(0).Ids[..length])];
        void Answer(LoraWeights? tuned, int tokens = AnswerTokens) => GreedyAnswer.To(model, tuned, asked, new HashSet<int>(), tokens, CancellationToken.None);
        Answer(adapter, tokens: 1);
        return 2 * AnswerTokens / (seconds(() => Answer(null)) + seconds(() => Answer(adapter)));
    }

    private static EncodedRow Row(int number) => new(
        $"probe-{number}", [.. Enumerable.Range(number, Tokens)], [.. Enumerable.Range(0, Tokens).Select(place => place >= Tokens / 2)]);
}
