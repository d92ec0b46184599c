using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using TorchSharp;

namespace OpenLedger.Engine.Tests.Training;

/// <summary>Runs by the less usual settings: each killed and taken up again, ended early, or kept at its best.</summary>
[Collection(TensorCounting.Name)]
public sealed class TrainingWaysTests : IDisposable
{
    private static readonly EncodedRow[] Rows = [.. Enumerable.Range(0, 24).Select(i => TinyRows.Row($"row-{(char)('a' + i)}", 8 + i % 9))];

    private static readonly TrainingRecipe Plain = new()
    {
        Rank = 4,
        Alpha = 8,
        Dropout = 0.1,
        LearningRate = 5e-3,
        Epochs = 2,
        BatchSize = 4,
        SequenceLength = 64,
        EvaluationShare = 0.2,
        EvaluateEvery = 2,
        CheckpointEvery = 3,
        WarmupShare = 0,
    };

    private static readonly Dictionary<string, TrainingRecipe> Ways = new()
    {
        ["packed, noisy, recomputed"] = Plain with { Packing = true, NoiseAlpha = 5, Recompute = true, Schedule = ScheduleKind.Constant },
        ["PiSSA with B faster"] = Plain with { Pissa = true, LoraPlusRatio = 8 },
        ["DoRA, rank-stabilised"] = Plain with { Dora = true, RankStabilized = true },
        ["best kept"] = Plain with { KeepBest = true, Patience = 2, Epochs = 10, LearningRate = 0.05, Schedule = ScheduleKind.Constant },
    };

    private readonly string _root = Directory.CreateTempSubdirectory("ways").FullName;
    private readonly LanguageModel _model = LanguageModel.Load(Fixture.Path("families/llama"));

    public static TheoryData<string> Names => [.. Ways.Keys];

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Killed_anywhere_and_taken_up_again_a_run_ends_the_same(string way)
    {
        Seen whole = Train(Ways[way], "whole");
        for (int kill = 1; kill < whole.Steps.Count; kill += 1 + whole.Steps.Count / 6)
        {
            string name = $"killed-{kill}";
            Assert.Throws<KilledException>(() => Train(Ways[way], name, kill));
            Train(Ways[way], name);
            Assert.Equal(Weights("whole"), Weights(name));
            Assert.Equal((Run("whole") with { Time = 0 }).Id, (Run(name) with { Time = 0 }).Id);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_leaves_no_tensor_behind(string way)
    {
        Train(Ways[way], "warm");
        long before = TensorCounting.Settled();
        Train(Ways[way], "counted");
        Assert.Equal(before, TensorCounting.Now);
    }

    [Fact]
    public void Recomputing_changes_no_loss_with_dropout_and_noise_on()
    {
        TrainingRecipe noisy = Plain with { NoiseAlpha = 5 };
        Assert.Equal(Train(noisy, "kept").Steps, Train(noisy with { Recompute = true }, "recomputed").Steps, (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Noise_changes_what_is_learned_but_not_what_is_measured_before()
    {
        Seen quiet = Train(Plain, "quiet"), noisy = Train(Plain with { NoiseAlpha = 10 }, "noisy");
        Assert.Equal(quiet.HeldOut[0].Loss, noisy.HeldOut[0].Loss);
        Assert.NotEqual(quiet.Steps[0], noisy.Steps[0]);
    }

    [Fact]
    public void A_run_that_gets_no_better_ends_early_with_the_adapter_of_its_best_measurement()
    {
        Seen seen = Train(Ways["best kept"], "early");
        HeldOutLoss best = seen.HeldOut.Where(loss => loss.Step > 0).MinBy(loss => loss.Loss)!;
        TrainingRun run = Run("early");
        Assert.True(run.Steps < 50, $"{run.Steps} steps were done");
        Assert.Equal((best.Step, best.Loss), (run.KeptStep, run.TunedLoss));
        TrainingFolder folder = new(Path.Combine(_root, "early"));
        Assert.Equal([folder.BestAt(best.Step)], Directory.GetDirectories(folder.Best)); // named by its step, and the only one
        using LoraWeights kept = AdapterFile.Read(folder.Adapter, _model.AdapterBase, torch.CPU);
        TrainingPlan plan = TrainingPlan.For(Ways["best kept"], Rows, []);
        Assert.Equal(best.Loss, HeldOutLoss.Measure(_model, kept, plan.Measured, 4, best.Step, default).Loss, 1e-6);
    }

    [Fact]
    public void The_best_that_a_checkpoint_names_outlives_better_ones_until_the_next_checkpoint()
    {
        TrainingRecipe recipe = Plain with { KeepBest = true, EvaluateEvery = 1, CheckpointEvery = 100 };
        Assert.Throws<KilledException>(() => Train(recipe, "killed", killAfter: 8)); // a pass has five steps, and its end the only checkpoint
        TrainingFolder folder = new(Path.Combine(_root, "killed"));
        HeldOutLoss named = TrainingCheckpoint.Latest(folder.Checkpoints)!.State.Evaluations.Where(loss => loss.Step > 0).MinBy(loss => loss.Loss)!;
        Assert.True(Directory.GetDirectories(folder.Best).Count(best => string.CompareOrdinal(best, folder.BestAt(named.Step)) > 0) >= 2, "no two better ones were measured after the checkpoint");
        byte[] kept = File.ReadAllBytes(Path.Combine(folder.BestAt(named.Step), AdapterFile.WeightsName));
        MakeUnbeatable(TrainingCheckpoint.Latest(folder.Checkpoints)!.Folder, named);

        Train(recipe, "killed"); // on another machine the steps after it may come out worse
        Assert.Equal(named.Step, Run("killed").KeptStep);
        Assert.Equal(kept, Weights("killed"));
        Assert.Equal([folder.BestAt(named.Step)], Directory.GetDirectories(folder.Best));
    }

    [Fact]
    public void A_best_that_an_earlier_release_wrote_without_its_step_is_the_one_that_is_kept()
    {
        TrainingRecipe recipe = Plain with { KeepBest = true, EvaluateEvery = 1, CheckpointEvery = 100 };
        Assert.Throws<KilledException>(() => Train(recipe, "killed", killAfter: 6));
        TrainingFolder folder = new(Path.Combine(_root, "killed"));
        HeldOutLoss named = TrainingCheckpoint.Latest(folder.Checkpoints)!.State.Evaluations.Where(loss => loss.Step > 0).MinBy(loss => loss.Loss)!;
        byte[] kept = File.ReadAllBytes(Path.Combine(folder.BestAt(named.Step), AdapterFile.WeightsName));
        foreach (string file in Directory.GetFiles(folder.BestAt(named.Step))) File.Move(file, Path.Combine(folder.Best, Path.GetFileName(file)));
        foreach (string best in Directory.GetDirectories(folder.Best)) Directory.Delete(best, recursive: true);
        MakeUnbeatable(TrainingCheckpoint.Latest(folder.Checkpoints)!.Folder, named);

        Train(recipe, "killed");
        Assert.Equal(kept, Weights("killed"));
    }

    [Fact]
    public void Patience_without_rows_held_out_is_refused_with_a_way_out()
    {
        RecipeProblem problem = Assert.Single(RecipeCheck.Ranges(Plain with { Patience = 2, EvaluationShare = 0 }));
        Assert.Equal(nameof(TrainingRecipe.Patience), problem.Field);
        Assert.Contains("hold some out", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_that_uses_none_of_this_keeps_the_hash_it_had()
    {
        string json = CanonicalJson.Serialize(Plain);
        Assert.DoesNotContain("packing", json, StringComparison.Ordinal);
        Assert.Equal(Plain.Hash, CanonicalJson.Read<TrainingRecipe>(json).Hash);
    }

    // Writes into a checkpoint that the measurement was better than any that follows, and seals it again.
    private static void MakeUnbeatable(string checkpoint, HeldOutLoss named)
    {
        string statePath = Path.Combine(checkpoint, "state.json"), sealPath = Path.Combine(checkpoint, "seal.json");
        TrainingState state = CanonicalJson.Read<TrainingState>(File.ReadAllText(statePath));
        byte[] changed = CanonicalJson.SerializeToUtf8(state with { Evaluations = [.. state.Evaluations.Select(loss => loss.Step == named.Step ? loss with { Loss = 0 } : loss)] });
        File.WriteAllBytes(statePath, changed);
        SortedDictionary<string, Sha256Hash> seal = CanonicalJson.Read<SortedDictionary<string, Sha256Hash>>(File.ReadAllText(sealPath));
        seal["state.json"] = Sha256Hash.Of(changed);
        File.WriteAllBytes(sealPath, CanonicalJson.SerializeToUtf8(seal));
    }

    private byte[] Weights(string name) => File.ReadAllBytes(Path.Combine(new TrainingFolder(Path.Combine(_root, name)).Adapter, AdapterFile.WeightsName));

    private TrainingRun Run(string name) => CanonicalJson.Read<TrainingRun>(File.ReadAllText(new TrainingFolder(Path.Combine(_root, name)).Run));

    private Seen Train(TrainingRecipe recipe, string name, int killAfter = 0)
    {
        Seen seen = new(killAfter);
        new LoraTrainer(_model, "llama", TrainingPlan.For(recipe, Rows, [Sha256Hash.Of([1])]), new TrainingFolder(Path.Combine(_root, name)), seen, TimeProvider.System).Run(default, default);
        return seen;
    }

    private sealed class KilledException : Exception;

    private sealed class Seen(int killAfter) : ITrainingWatcher
    {
        public List<double> Steps { get; } = [];
        public List<HeldOutLoss> HeldOut { get; } = [];

        public void Stepped(StepProgress progress)
        {
            Steps.Add(progress.Loss);
            if (progress.Step == killAfter) throw new KilledException();
        }

        public void Evaluated(HeldOutLoss loss) => HeldOut.Add(loss);

        public void CheckpointWritten(int step) { }
    }
}
