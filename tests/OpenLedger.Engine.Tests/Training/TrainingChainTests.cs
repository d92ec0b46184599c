using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using System.Security.Cryptography;

namespace OpenLedger.Engine.Tests.Training;

/// <summary>Stages that go on from each other: texts, then answers, then preferences.</summary>
[Collection(TensorCounting.Name)]
public sealed class TrainingChainTests : IDisposable
{
    private static readonly TrainingRecipe Recipe = new()
    {
        Rank = 4,
        Alpha = 8,
        LearningRate = 2e-3,
        Epochs = 2,
        BatchSize = 4,
        SequenceLength = 64,
        EvaluationShare = 0.25,
        CheckpointEvery = 2,
        WarmupShare = 0,
        Packing = true,
    };

    private static readonly EncodedRow[] Plain = [.. Enumerable.Range(0, 16).Select(i => TinyRows.Row($"row-{(char)('a' + i)}", 8 + i % 9))];

    private static readonly EncodedRow[] Judged = [.. Plain.Select((row, i) => row with { Rejected = Other(row, i), Liked = i % 2 == 0 })];

    private readonly string _root = Directory.CreateTempSubdirectory("chain").FullName;
    private readonly LanguageModel _model = LanguageModel.Load(Fixture.Path("families/llama"));

    public void Dispose()
    {
        _model.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void Each_stage_begins_where_the_last_ended_and_names_it()
    {
        TrainingRun texts = Train("texts", Recipe with { Objective = ObjectiveKind.WholeText }, Plain, null);
        Assert.Null(texts.Parent);
        TrainingRun answers = Train("answers", Recipe, Plain, StartOf("texts", texts));
        Assert.Equal(texts.Weights, answers.Parent!.Weights);
        Assert.Equal(texts.TunedLoss!.Value, answers.BaseLoss!.Value, 1e-5); // same rows kept out: the second stage begins where the first ended
        TrainingRun preferences = Train("preferences", Recipe with { Objective = ObjectiveKind.Preference }, Judged, StartOf("answers", answers));
        Assert.Equal(answers.Weights, preferences.Parent!.Weights);
        Assert.Equal(Math.Log(2), preferences.BaseLoss!.Value, 1e-4); // against itself no answer is preferred
        Assert.True(preferences.TunedLoss < preferences.BaseLoss);
        Assert.Equal(answers.Weights, TrainingLogReading.Read(Folder("preferences").Log).Header.Parent);
        Assert.Equal(new[] { Sha256Hash.Of([1]), Sha256Hash.Of([2]) }.OrderBy(hash => hash.Hex, StringComparer.Ordinal), AdapterCard.For(preferences, "a").DatasetRoots);
    }

    [Theory]
    [InlineData(ObjectiveKind.Preference)]
    [InlineData(ObjectiveKind.OddsRatio)]
    [InlineData(ObjectiveKind.Thumbs)]
    public void A_run_on_judged_answers_comes_to_agree_with_them_and_survives_a_kill(ObjectiveKind objective)
    {
        TrainingRecipe recipe = Recipe with { Objective = objective, Epochs = 4 };
        TrainingRun whole = Train("whole", recipe, Judged, null, out Seen seen);
        const int Pass = 3; // steps of one; the tiny model's kept-out rows are random and prove nothing
        (double first, double last) = (seen.Losses.Take(Pass).Average(), seen.Losses.TakeLast(Pass).Average());
        Assert.True(last < first, $"{first} -> {last}");
        Assert.InRange(seen.HeldOut[^1].Agreement!.Value, 0, 1);
        Assert.Throws<KilledException>(() => Train("killed", recipe, Judged, null, out _, killAfter: 5));
        Assert.Equal(whole.Weights, Train("killed", recipe, Judged, null).Weights);
    }

    [Fact]
    public void A_start_whose_weights_are_others_is_refused()
    {
        TrainingRun texts = Train("texts", Recipe, Plain, null);
        TrainingStart wrong = StartOf("texts", texts) with { Parent = new TrainingParent(Sha256Hash.Of([9]), null, []) };
        Assert.Contains("the plan names", Assert.Throws<TrainingException>(() => Train("wrong", Recipe, Plain, wrong)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_of_another_rank_is_refused_and_one_that_follows_the_adapter_is_not()
    {
        TrainingRun texts = Train("texts", Recipe, Plain, null);
        TrainingRecipe wider = Recipe with { Rank = 8 };
        Assert.Contains("cannot change the shape", Assert.Throws<TrainingException>(() => Train("wider", wider, Plain, StartOf("texts", texts))).Message, StringComparison.Ordinal);
        Train("follows", wider.GoingOnFrom(AdapterFile.ReadConfig(Folder("texts").Adapter).Config), Plain, StartOf("texts", texts));
    }

    [Fact]
    public void An_adapter_begun_with_PiSSA_can_be_gone_on_from()
    {
        TrainingRun begun = Train("begun", Recipe with { Pissa = true }, Plain, null);
        LoraConfig config = AdapterFile.ReadConfig(Folder("begun").Adapter).Config;
        TrainingRun on = Train("on", Recipe.GoingOnFrom(config), Plain, StartOf("begun", begun));
        Assert.Equal(begun.TunedLoss!.Value, on.BaseLoss!.Value, 1e-4);
    }

    private static EncodedRow Other(EncodedRow row, int i) => row with { Ids = [.. row.Ids.Select((id, t) => row.Learned[t] ? 3 + (id + 11 + i) % 300 : id)] };

    private TrainingStart StartOf(string name, TrainingRun run)
    {
        using FileStream weights = File.OpenRead(Path.Combine(Folder(name).Adapter, AdapterFile.WeightsName));
        return new(Folder(name).Adapter, new TrainingParent(Sha256Hash.FromDigest(SHA256.HashData(weights)), null, run.Datasets));
    }

    private TrainingFolder Folder(string name) => new(Path.Combine(_root, name));

    private TrainingRun Train(string name, TrainingRecipe recipe, EncodedRow[] rows, TrainingStart? start) => Train(name, recipe, rows, start, out _);

    private TrainingRun Train(string name, TrainingRecipe recipe, EncodedRow[] rows, TrainingStart? start, out Seen seen, int killAfter = 0)
    {
        seen = new Seen(killAfter);
        TrainingPlan plan = TrainingPlan.For(recipe, rows, [Sha256Hash.Of([(byte)(recipe.Objective == ObjectiveKind.Preference ? 2 : 1)])], start);
        new LoraTrainer(_model, "llama", plan, Folder(name), seen, TimeProvider.System).Run(default, default);
        return CanonicalJson.Read<TrainingRun>(File.ReadAllText(Folder(name).Run));
    }

    private sealed class KilledException : Exception;

    private sealed class Seen(int killAfter) : ITrainingWatcher
    {
        public List<HeldOutLoss> HeldOut { get; } = [];
        public List<double> Losses { get; } = [];

        public void Stepped(StepProgress progress)
        {
            Losses.Add(progress.Loss);
            if (progress.Step == killAfter) throw new KilledException();
        }

        public void Evaluated(HeldOutLoss loss) => HeldOut.Add(loss);

        public void CheckpointWritten(int step) { }
    }
}
