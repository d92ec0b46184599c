using System.Security.Cryptography;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Fixtures.Areas;
using TorchSharp;

namespace OpenLedger.Engine.Tests.Training;

/// <summary>Runs whose adapter has another shape than one rank on some linears: saved as PEFT saves it, read again as it was, taken up again where it stood.</summary>
[Collection(TensorCounting.Name)]
public sealed class AdapterShapesTests : IDisposable
{
    private static readonly EncodedRow[] Rows = [.. Enumerable.Range(0, 12).Select(i => TinyRows.Row($"row-{(char)('a' + i)}", 8 + i % 7))];

    private static readonly TrainingRecipe Plain = new()
    {
        Rank = 4,
        Alpha = 8,
        Dropout = 0.1,
        LearningRate = 5e-3,
        BatchSize = 3,
        SequenceLength = 64,
        EvaluationShare = 0.25,
        CheckpointEvery = 1,
        Packing = true,
    };

    private static readonly Dictionary<string, (string Family, TrainingRecipe Recipe)> Shapes = new()
    {
        ["ranks and alphas by pattern"] = ("llama", Plain with { RankPattern = new Dictionary<string, int> { ["down_proj"] = 2, [@"layers\.0\..*"] = 6 }, AlphaPattern = new Dictionary<string, double> { ["v_proj"] = 32 } }),
        ["layers by pattern, DoRA"] = ("llama", Plain with { TargetPattern = @"model\.layers\.[02]\.(self_attn\.[qv]_proj|mlp\.up_proj)", Dora = true }),
        ["all linears of some layers"] = ("llama", Plain with { LayersToTransform = [0, 2] }),
        ["embeddings and output layer, B faster"] = ("llama", Plain with { TargetModules = ["embed_tokens", "lm_head", "q_proj"], LoraPlusRatio = 4 }),
        ["PiSSA beside a whole output layer and norms"] = ("llama", Plain with { Pissa = true, ModulesToSave = ["lm_head", "norm"], Recompute = true }),
        ["PiSSA with ranks by pattern"] = ("llama", Plain with { Pissa = true, RankPattern = new Dictionary<string, int> { ["q_proj"] = 2 } }),
        ["all biases and transposed linears whole"] = ("gpt2", Plain with { TargetModules = ["c_attn"], Bias = LoraBias.All, ModulesToSave = ["mlp.c_proj", "wpe"] }),
        ["tied, embedding whole, biases of adapted layers"] = ("llama-tied-bias", Plain with { TargetModules = ["q_proj"], Bias = LoraBias.LoraOnly, ModulesToSave = ["embed_tokens"] }),
        ["tied, output layer whole"] = ("llama-tied-bias", Plain with { ModulesToSave = ["lm_head"] }),
        ["4 bits, whole norm"] = ("llama", Plain with { Base = BaseForm.Nf4, ModulesToSave = ["norm"] }),
    };

    private readonly string _root = Directory.CreateTempSubdirectory("shapes").FullName;

    public static TheoryData<string> Names => [.. Shapes.Keys];

    public static TheoryData<string, string> AsPeftSaved => new()
    {
        { "llama", "rank-alpha-pattern" }, { "llama", "target-regex" }, { "llama", "layers-to-transform" }, { "llama", "embed-tokens" },
        { "llama", "modules-to-save-lm-head" }, { "gpt2", "bias-all" }, { "llama-tied-bias", "bias-lora_only" },
    };

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Killed_and_taken_up_again_a_run_ends_the_same(string shape)
    {
        (string family, TrainingRecipe recipe) = Shapes[shape];
        using LanguageModel model = Load(family, recipe);
        Assert.Empty(RecipeCheck.Problems(recipe, model.AdapterBase, model.Config.MaxPositions));
        Train(model, recipe, "whole");
        Assert.Throws<KilledException>(() => Train(model, recipe, "killed", killAfter: 2));
        Train(model, recipe, "killed");
        Assert.Equal(File.ReadAllBytes(Weights("whole")), File.ReadAllBytes(Weights("killed")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_saved_measures_as_what_was_trained_and_can_be_gone_on_from(string shape)
    {
        (string family, TrainingRecipe recipe) = Shapes[shape];
        using LanguageModel model = Load(family, recipe);
        TrainingRun run = Train(model, recipe, "first");
        Assert.True(run.TunedLoss < run.BaseLoss, $"{run.BaseLoss} became {run.TunedLoss}");
        using (LoraWeights read = AdapterFile.Read(Folder("first").Adapter, model.AdapterBase, torch.CPU))
            Assert.Equal(run.TunedLoss!.Value, HeldOutLoss.Measure(model, read, TrainingPlan.For(recipe, Rows, []).Measured, 3, 0, default).Loss, 1e-4);
        TrainingRecipe next = recipe.GoingOnFrom(AdapterFile.ReadConfig(Folder("first").Adapter).Config);
        Assert.Empty(RecipeCheck.Problems(next, model.AdapterBase, model.Config.MaxPositions));
        Assert.Equal(run.TunedLoss!.Value, Train(model, next, "next", start: StartOf("first")).BaseLoss!.Value, 1e-4);
    }

    [Theory]
    [MemberData(nameof(AsPeftSaved))]
    public void A_run_of_the_same_shape_saves_the_keys_and_fields_that_PEFT_saved(string family, string adapter)
    {
        string theirs = Fixture.Path($"peft/adapters/{family}/{adapter}");
        using LanguageModel model = Load(family, Plain);
        TrainingRecipe recipe = (Plain with { Dropout = 0 }).GoingOnFrom(AdapterFile.ReadConfig(theirs).Config);
        Train(model, recipe, "ours", baseName: family);
        Assert.Null(PeftSaving.Difference(theirs, Folder("ours").Adapter));
    }

    [Fact]
    public void PEFT_has_no_word_for_all_linears_of_some_layers_so_they_are_named()
    {
        using LanguageModel model = Load("llama", Plain);
        Train(model, Plain with { LayersToTransform = [1] }, "named");
        LoraConfig saved = AdapterFile.ReadConfig(Folder("named").Adapter).Config;
        Assert.Equal(["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"], saved.TargetModules);
        Assert.All(saved.TargetsIn(model.AdapterBase), module => Assert.StartsWith("model.layers.1.", module, StringComparison.Ordinal));
    }

    [Fact]
    public void A_recipe_of_other_layers_is_refused_to_go_on()
    {
        using LanguageModel model = Load("llama", Plain);
        Train(model, Plain with { LayersToTransform = [1] }, "first");
        Assert.Contains("cannot change the shape", Assert.Throws<TrainingException>(() => Train(model, Plain, "next", start: StartOf("first"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_without_these_settings_keeps_the_hash_it_had_before_they_came()
    {
        string json = CanonicalJson.Serialize(Plain);
        Assert.All(new[] { "attern", "layersTo", "bias", "modulesTo" }, word => Assert.DoesNotContain(word, json, StringComparison.Ordinal));
        TrainingRecipe full = Shapes["all biases and transposed linears whole"].Recipe with { RankPattern = new Dictionary<string, int> { ["b"] = 2, ["a"] = 3 } };
        Assert.Equal(full.Hash, CanonicalJson.Read<TrainingRecipe>(CanonicalJson.Serialize(full)).Hash);
    }

    private static LanguageModel Load(string family, TrainingRecipe recipe) => LanguageModel.Load(Fixture.Path($"families/{family}"), form: recipe.Base);

    private TrainingFolder Folder(string name) => new(Path.Combine(_root, name));

    private string Weights(string name) => Path.Combine(Folder(name).Adapter, AdapterFile.WeightsName);

    private TrainingStart StartOf(string name) => new(Folder(name).Adapter, new TrainingParent(Sha256Hash.FromDigest(SHA256.HashData(File.ReadAllBytes(Weights(name)))), null, []));

    private TrainingRun Train(LanguageModel model, TrainingRecipe recipe, string name, int killAfter = 0, TrainingStart? start = null, string baseName = "tiny")
    {
        TrainingPlan plan = TrainingPlan.For(recipe, Rows, [Sha256Hash.Of([1])], start);
        new LoraTrainer(model, baseName, plan, Folder(name), new Killer(killAfter), TimeProvider.System).Run(default, default);
        return CanonicalJson.Read<TrainingRun>(File.ReadAllText(Folder(name).Run));
    }

    private sealed class KilledException : Exception;

    private sealed class Killer(int after) : ITrainingWatcher
    {
        public void Stepped(StepProgress progress)
        {
            if (progress.Step == after) throw new KilledException();
        }

        public void Evaluated(HeldOutLoss loss) { }

        public void CheckpointWritten(int step) { }
    }
}
