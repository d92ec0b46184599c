using System.Diagnostics;
using System.Globalization;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Training;

namespace OpenLedger.Benchmarks;

/// <summary>What three kinds of run were said to cost, against what each then took and held, in a process of its own.</summary>
internal static class EstimateBenchmark
{
    /// <summary>The word that makes this program a run.</summary>
    public const string Verb = "foretold";

    private static readonly Dictionary<string, (int Rows, TrainingRecipe Recipe)> Shapes = new(StringComparer.Ordinal)
    {
        ["quick"] = (48, TrainingPreset.Quick.Recipe),
        ["balanced"] = (32, TrainingPreset.Balanced.Recipe with { Epochs = 1, BatchSize = 4, Accumulation = 1 }),
        ["nf4"] = (24, TrainingPreset.Balanced.Recipe with { Epochs = 1, Base = BaseForm.Nf4, Recompute = true, Packing = false }),
    };

    public static IEnumerable<Figure> Run()
    {
        foreach (string shape in Shapes.Keys)
        {
            double[] said = Numbers(shape);
            yield return Off($"estimate.time_{shape}", said[0], said[1], "s");
            yield return Off($"estimate.memory_{shape}", said[2] / 1e9, said[3] / 1e9, "GB");
        }
    }

    /// <summary>Runs as one: says seconds foretold and taken, bytes foretold and held.</summary>
    public static int Tell(string shape)
    {
        (int count, TrainingRecipe recipe) = Shapes[shape];
        BaseWords words = BaseWords.Read(Repository.Starter(TrainingShapes.StarterModel));
        DatanetRow[] rows = [.. SampleQuestions.ForTraining([.. SampleRows.Read()]).Take(count)];
        TrainingPlan plan = TrainingPlan.For(recipe, PreparedRows.From(rows, words.Encoder(recipe.SequenceLength, recipe.Objective)).Rows, []);
        TrainingEstimate estimate = Foretell(plan);
        string work = Directory.CreateTempSubdirectory("foretold").FullName;
        long began = Stopwatch.GetTimestamp();
        long held = Train(plan, new TrainingFolder(work));
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Directory.Delete(work, recursive: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{estimate.Seconds} {seconds} {estimate.MemoryBytes} {held}"));
        return 0;
    }

    private static TrainingEstimate Foretell(TrainingPlan plan)
    {
        ModelOutline outline;
        MachineRate rate;
        using (LanguageModel model = LanguageModel.Load(Repository.Starter(TrainingShapes.StarterModel), form: plan.Recipe.Base))
            (outline, rate) = (model.Outline, MachineRate.Measure(model, TrainingPreset.Balanced.Recipe with { Base = plan.Recipe.Base, Recompute = plan.Recipe.RecomputesLayers }, TimeProvider.System));
        return TrainingEstimate.For(plan, outline, rate, Environment.WorkingSet);
    }

    private static long Train(TrainingPlan plan, TrainingFolder folder)
    {
        using TrainingBase on = TrainingBase.Open(Repository.Starter(TrainingShapes.StarterModel), "SmolLM2-135M-Instruct", form: plan.Recipe.Base);
        MostHeld most = new();
        new LoraTrainer(on.Model, on.Name, plan, folder, most, TimeProvider.System).Run(default, default);
        using var adapter = Engine.Adapters.AdapterFile.Read(folder.Adapter, on.Model.AdapterBase, on.Model.Device);
        TuningReport.Make(on.Model, adapter, plan.TotalSteps, plan.Measured, on.Tokenizer, on.Stops, default);
        return most.Bytes;
    }

    private static double[] Numbers(string shape)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [Verb, shape]) { RedirectStandardOutput = true };
        using Process run = Process.Start(start)!;
        string said = run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        if (run.ExitCode != 0) throw new InvalidOperationException($"the run '{shape}' ended with {run.ExitCode}");
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }

    private static Figure Off(string name, double foretold, double shown, string unit) =>
        new(name, Math.Abs(foretold / shown - 1), "share off", "lower", string.Create(CultureInfo.InvariantCulture, $"{foretold:F2} {unit} foretold, {shown:F2} {unit} shown"), 0.15);

    private sealed class MostHeld : ITrainingWatcher
    {
        public long Bytes { get; private set; }

        public void Stepped(StepProgress step) => Bytes = Math.Max(Bytes, step.ResidentBytes);

        public void Evaluated(HeldOutLoss loss)
        {
        }

        public void CheckpointWritten(int step)
        {
        }
    }
}
