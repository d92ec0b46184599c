using OpenLedger.Engine.Training;

namespace OpenLedger.Benchmarks;

/// <summary>A run as the Factory starts it, from opening the base, cancelled by its person after the second step.</summary>
internal sealed class CancelledRun : ITrainingWatcher, IDisposable
{
    private const int Rows = 12, StepsSeen = 2;

    private readonly CancellationTokenSource _cancel = new();

    public static void Start()
    {
        string work = Directory.CreateTempSubdirectory("cancelled").FullName;
        TrainingRecipe recipe = TrainingPreset.Quick.Recipe with { EvaluationShare = 0 };
        using (TrainingBase on = TrainingBase.Open(Repository.Starter(TrainingShapes.StarterModel), "SmolLM2-135M-Instruct"))
        using (CancelledRun watching = new())
        {
            TrainingPlan plan = TrainingPlan.For(recipe, PreparedRows.From([.. SampleRows.Read().Take(Rows)], on.Encoder(recipe.SequenceLength)).Rows, []);
            TrainingEnd end = new LoraTrainer(on.Model, on.Name, plan, new TrainingFolder(work), watching, TimeProvider.System).Run(default, watching._cancel.Token);
            if (end != TrainingEnd.Cancelled) throw new InvalidOperationException($"the run ended as {end}");
        }
        Directory.Delete(work, recursive: true);
    }

    public void Stepped(StepProgress step)
    {
        if (step.Step == StepsSeen) _cancel.Cancel();
    }

    public void Evaluated(HeldOutLoss loss)
    {
    }

    public void CheckpointWritten(int step)
    {
    }

    public void Dispose() => _cancel.Dispose();
}
