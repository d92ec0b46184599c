using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using TorchSharp;

namespace OpenLedger.Engine.Tests.Training;

[Collection(TensorCounting.Name)]
public sealed class LoraTrainerTests : IDisposable
{
    private static readonly EncodedRow[] Rows = [.. Enumerable.Range(0, 24).Select(i => TinyRows.Row($"row-{(char)('a' + i)}", 8 + i % 9))];

    private static readonly TrainingRecipe Recipe = new()
    {
        Rank = 4,
        Alpha = 8,
        Dropout = 0.1,
        LearningRate = 5e-3,
        Epochs = 2,
        BatchSize = 4,
        Accumulation = 1,
        SequenceLength = 64,
        EvaluationShare = 0.2,
        CheckpointEvery = 3,
        WarmupShare = 0,
    };

    private readonly string _root = Directory.CreateTempSubdirectory("trainer").FullName;
    private readonly LanguageModel _model = LanguageModel.Load(Fixture.Path("families/llama"));

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void The_loss_on_kept_out_rows_falls_and_adapter_record_and_epochs_are_left()
    {
        Watcher seen = Train("whole", out TrainingEnd end);
        Assert.Equal(TrainingEnd.Finished, end);
        Assert.True(seen.Losses[^1] < seen.Losses[0]);
        Assert.True(seen.HeldOut[^1].Loss < seen.HeldOut[0].Loss, $"{seen.HeldOut[0].Loss} -> {seen.HeldOut[^1].Loss}");
        TrainingFolder folder = Folder("whole");
        TrainingRun run = CanonicalJson.Read<TrainingRun>(File.ReadAllText(folder.Run));
        Assert.Equal(TrainingLogReading.Read(folder.Log).Head, run.LogHead);
        Assert.Equal(seen.HeldOut[^1].Loss, run.TunedLoss);
        Assert.True(File.Exists(Path.Combine(folder.Adapter, "adapter_model.safetensors")));
        Assert.All([1, 2], epoch => Assert.True(File.Exists(TrainingFolder.SecondMoments(folder.Epoch(epoch)))));
    }

    [Fact]
    public void Killed_at_any_step_and_taken_up_again_the_run_ends_with_the_same_curve_log_and_weights()
    {
        Watcher whole = Train("whole", out _);
        byte[] weights = File.ReadAllBytes(Path.Combine(Folder("whole").Adapter, "adapter_model.safetensors"));
        for (int kill = 1; kill < whole.Losses.Count; kill += 2)
        {
            string name = $"killed-{kill}";
            Assert.Throws<KilledException>(() => Train(name, new Watcher { KillAfter = kill }, out _));
            Watcher rest = Train(name, out TrainingEnd end);
            Assert.Equal(TrainingEnd.Finished, end);
            Assert.Equal(whole.Losses[^rest.Losses.Count..], rest.Losses);
            Assert.Equal(weights, File.ReadAllBytes(Path.Combine(Folder(name).Adapter, "adapter_model.safetensors")));
            Assert.Equal(File.ReadAllBytes(Folder("whole").Log), File.ReadAllBytes(Folder(name).Log));
        }
    }

    [Fact]
    public void A_paused_run_loses_no_step()
    {
        using CancellationTokenSource pause = new();
        Watcher first = Train("paused", new Watcher { Pause = pause, PauseAfter = 4 }, out TrainingEnd end, pause.Token);
        Assert.Equal(TrainingEnd.Paused, end);
        Watcher rest = Train("paused", out _);
        Assert.Equal(Train("whole", out _).Losses, first.Losses.Concat(rest.Losses));
    }

    [Fact]
    public void A_torn_checkpoint_gives_way_to_the_one_before()
    {
        Assert.Throws<KilledException>(() => Train("torn", new Watcher { KillAfter = 7 }, out _));
        string newest = Directory.GetDirectories(Folder("torn").Checkpoints).Max()!;
        using (FileStream file = File.OpenWrite(Path.Combine(newest, "optimizer.safetensors"))) file.SetLength(file.Length - 1);
        Watcher rest = Train("torn", out _);
        Assert.Equal(5, rest.FirstStep - 1); // checkpoints stand at 5, where an epoch ends, and at 6
    }

    [Fact]
    public void A_checkpoint_of_another_recipe_is_not_taken_up()
    {
        Assert.Throws<KilledException>(() => Train("mixed", new Watcher { KillAfter = 4 }, out _));
        TrainingPlan other = TrainingPlan.For(Recipe with { LearningRate = 1e-3 }, Rows, [Sha256Hash.Of([1])]);
        LoraTrainer trainer = new(_model, "llama", other, Folder("mixed"), new Watcher(), TimeProvider.System);
        Assert.Contains("another plan", Assert.Throws<TrainingException>(() => trainer.Run(default, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelled_it_says_so()
    {
        using CancellationTokenSource cancel = new();
        LoraTrainer trainer = new(_model, "llama", Plan(), Folder("cancelled"), new Watcher { CancelAfter = (2, cancel) }, TimeProvider.System);
        Assert.Equal(TrainingEnd.Cancelled, trainer.Run(default, cancel.Token));
    }

    [Fact]
    public void A_rate_that_breaks_the_loss_ends_with_a_sentence()
    {
        TrainingPlan wild = TrainingPlan.For(Recipe with { LearningRate = 1e30, Schedule = ScheduleKind.Constant }, Rows, []);
        LoraTrainer trainer = new(_model, "llama", wild, Folder("wild"), new Watcher(), TimeProvider.System);
        Assert.Contains("too high", Assert.Throws<TrainingException>(() => trainer.Run(default, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_leave_no_tensor_behind()
    {
        Train("warm", out _);
        long before = TensorCounting.Settled();
        Train("counted", out _);
        Assert.Equal(before, TensorCounting.Now);
    }

    private TrainingFolder Folder(string name) => new(Path.Combine(_root, name));

    private static TrainingPlan Plan() => TrainingPlan.For(Recipe, Rows, [Sha256Hash.Of([1])]);

    private Watcher Train(string name, out TrainingEnd end) => Train(name, new Watcher(), out end);

    private Watcher Train(string name, Watcher watcher, out TrainingEnd end, CancellationToken pause = default)
    {
        end = new LoraTrainer(_model, "llama", Plan(), Folder(name), watcher, TimeProvider.System).Run(pause, default);
        return watcher;
    }

    private sealed class KilledException : Exception;

    private sealed class Watcher : ITrainingWatcher
    {
        public List<double> Losses { get; } = [];
        public List<HeldOutLoss> HeldOut { get; } = [];
        public int FirstStep { get; private set; }
        public int KillAfter { get; init; }
        public CancellationTokenSource? Pause { get; init; }
        public int PauseAfter { get; init; }
        public (int Step, CancellationTokenSource Source)? CancelAfter { get; init; }

        public void Stepped(StepProgress progress)
        {
            if (Losses.Count == 0) FirstStep = progress.Step;
            Losses.Add(progress.Loss);
            if (progress.Step == KillAfter) throw new KilledException();
            if (progress.Step == PauseAfter) Pause?.Cancel();
            if (CancelAfter is var (step, source) && progress.Step == step) source.Cancel();
        }

        public void Evaluated(HeldOutLoss loss) => HeldOut.Add(loss);

        public void CheckpointWritten(int step) { }
    }
}
