using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Training;

/// <summary>How fast this machine trains this model, from one short step of it. Knows nothing of rows.</summary>
/// <param name="OperationsPerSecond">Floating-point operations a second, as <see cref="TrainingEstimate"/> counts them.</param>
public sealed record MachineRate(double OperationsPerSecond)
{
    private const int Rows = 2, Tokens = 96;

    /// <summary>Takes one step to warm up and one to measure; a few seconds for the starter model.</summary>
    public static MachineRate Measure(LanguageModel model, TrainingRecipe recipe, TimeProvider time)
    {
        using LoraWeights adapter = LoraWeights.Create(recipe.Adapter, model.Linears, 1, model.Device, model.WeightOf);
        using AdamW optimizer = new(adapter.Parameters, recipe.WeightDecay);
        TrainingStep step = TrainingStep.For(recipe, model, adapter, optimizer);
        EncodedRow[] rows = [.. Enumerable.Range(0, Rows).Select(Row)];
        step.Run([rows], 0, 1);
        long began = time.GetTimestamp();
        step.Run([rows], 0, 2);
        return new(new StepCost(model.Outline, recipe).Learning(rows) / time.GetElapsedTime(began).TotalSeconds);
    }

    private static EncodedRow Row(int number) => new(
        $"probe-{number}", [.. Enumerable.Range(number, Tokens)], [.. Enumerable.Range(0, Tokens).Select(place => place >= Tokens / 2)]);
}
