using System.Diagnostics;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;

namespace OpenLedger.Benchmarks;

/// <summary>The Factory's Quick preset on 64 sample rows from opening the base to the kept adapter, as the wizard would start it.</summary>
internal static class QuickPresetBenchmark
{
    private const int Rows = 64;

    public static IEnumerable<Figure> Run()
    {
        string work = Directory.CreateTempSubdirectory("quick-preset").FullName;
        long began = Stopwatch.GetTimestamp();
        TrainingRun run = Train(new TrainingFolder(work));
        double minutes = Stopwatch.GetElapsedTime(began).TotalMinutes;
        Directory.Delete(work, recursive: true);
        yield return new("quick.minutes", minutes, "min", "lower", $"{run.TrainingRows} rows, {run.Steps} steps", Bar: 5);
        yield return new("quick.loss", run.TunedLoss!.Value, "nats", "lower", $"on {run.HeldOutRows} rows kept out; {run.BaseLoss:F3} before", Bar: run.BaseLoss * 0.95);
    }

    private static TrainingRun Train(TrainingFolder folder)
    {
        TrainingRecipe recipe = TrainingPreset.Quick.Recipe;
        using TrainingBase on = TrainingBase.Open(Repository.Starter("models/SmolLM2-135M-Instruct/SmolLM2-135M-Instruct.Q4_1.gguf"), "SmolLM2-135M-Instruct");
        DatanetRow[] rows = [.. SampleQuestions.ForTraining([.. SampleRows.Read()]).Take(Rows)];
        TrainingPlan plan = TrainingPlan.For(recipe, PreparedRows.From(rows, on.Encoder(recipe.SequenceLength)).Rows, []);
        new LoraTrainer(on.Model, on.Name, plan, folder, new Silence(), TimeProvider.System).Run(default, default);
        return CanonicalJson.Read<TrainingRun>(File.ReadAllText(folder.Run));
    }

    private sealed class Silence : ITrainingWatcher
    {
        public void Stepped(StepProgress step)
        {
        }

        public void Evaluated(HeldOutLoss loss)
        {
        }

        public void CheckpointWritten(int step)
        {
        }
    }
}
