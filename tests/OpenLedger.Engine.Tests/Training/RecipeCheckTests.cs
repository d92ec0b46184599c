using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Training;

public class RecipeCheckTests
{
    private static readonly AdapterBase Base = new(new Dictionary<string, LinearShape>
    {
        ["model.layers.0.self_attn.q_proj"] = new(64, 64),
        ["model.layers.0.self_attn.v_proj"] = new(64, 16),
        ["model.layers.0.mlp.down_proj"] = new(128, 64),
    })
    {
        Head = new("lm_head", new LinearShape(64, 320)),
        Embedding = new("model.embed_tokens", new LinearShape(320, 64)),
        Tensors = new Dictionary<string, IReadOnlyList<long>>
        {
            ["model.embed_tokens.weight"] = [320, 64],
            ["model.layers.0.self_attn.q_proj.weight"] = [64, 64],
            ["model.layers.0.self_attn.q_proj.bias"] = [64],
            ["model.norm.weight"] = [64],
        },
    };

    [Fact]
    public void Every_preset_can_run()
    {
        foreach (TrainingPreset preset in TrainingPreset.All)
            Assert.Empty(RecipeCheck.Problems(preset.Recipe, Base, contextTokens: 2048));
    }

    [Theory]
    [InlineData(nameof(TrainingRecipe.Rank), "between 1 and 256")]
    [InlineData(nameof(TrainingRecipe.Dropout), "between 0 and 0.5")]
    [InlineData(nameof(TrainingRecipe.LearningRate), "between 1E-06 and 0.1")]
    public void A_field_out_of_range_is_named_with_its_range(string field, string range)
    {
        TrainingRecipe recipe = new() { Rank = 0, Dropout = double.NaN, LearningRate = 3 };
        RecipeProblem problem = Assert.Single(RecipeCheck.Problems(recipe, Base, 2048), p => p.Field == field);
        Assert.Contains(range, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_that_the_base_lacks_is_named_with_those_it_has()
    {
        RecipeProblem problem = Assert.Single(RecipeCheck.Problems(new() { TargetModules = ["q_proj", "query"] }, Base, 2048));
        Assert.Equal(nameof(TrainingRecipe.TargetModules), problem.Field);
        Assert.Contains("'query'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("down_proj", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_longer_than_the_context_are_refused() =>
        Assert.Contains("reads 128 tokens", Assert.Single(RecipeCheck.Problems(new(), Base, contextTokens: 128)).Message, StringComparison.Ordinal);

    [Fact]
    public void Equal_recipes_have_one_hash_and_any_change_another()
    {
        Assert.Equal(new TrainingRecipe().Hash, new TrainingRecipe().Hash);
        Assert.NotEqual(new TrainingRecipe().Hash, new TrainingRecipe { Seed = 43 }.Hash);
    }

    /// <summary>A recipe's change, the field that is blamed, and what the sentence says.</summary>
    public static TheoryData<string, TrainingRecipe, string> Shapes => new()
    {
        { nameof(TrainingRecipe.TargetPattern), new() { TargetPattern = "model.(layers" }, "is no regular expression" },
        { nameof(TrainingRecipe.TargetPattern), new() { TargetPattern = "q_proj" }, "'q_proj'; it has q_proj, v_proj, down_proj, lm_head, embed_tokens" },
        { nameof(TrainingRecipe.TargetPattern), new() { TargetPattern = "(.*)*(.*)*(.*)*(.*)*(.*)*(.*)*z" }, "use a simpler one" },
        { nameof(TrainingRecipe.LayersToTransform), new() { TargetPattern = ".*q_proj", LayersToTransform = [0] }, "clear one of the two" },
        { nameof(TrainingRecipe.LayersToTransform), new() { LayersToTransform = [0, 7] }, "layers 0 to 0; layer 7 is none" },
        { nameof(TrainingRecipe.LayersToTransform), new() { TargetModules = ["q_proj", "embed_tokens"], LayersToTransform = [0] }, "'embed_tokens' is on none of these layers: take it out, or give its whole name, model.embed_tokens." },
        { nameof(TrainingRecipe.LayersToTransform), new() { LayersToTransform = [-1] }, "counted from 0" },
        { nameof(TrainingRecipe.RankPattern), new() { RankPattern = new Dictionary<string, int> { ["q_proj"] = 300 } }, "rank of 'q_proj' is 300" },
        { nameof(TrainingRecipe.RankPattern), new() { RankPattern = new Dictionary<string, int> { ["o_proj"] = 4 } }, "'o_proj' names no layer that is adapted. Adapted are down_proj, q_proj, v_proj." },
        { nameof(TrainingRecipe.RankPattern), new() { RankPattern = new Dictionary<string, int> { ["["] = 4 } }, "is no regular expression" },
        { nameof(TrainingRecipe.AlphaPattern), new() { AlphaPattern = new Dictionary<string, double> { ["q_proj"] = double.NaN } }, "alpha of 'q_proj' is NaN" },
        { nameof(TrainingRecipe.ModulesToSave), new() { ModulesToSave = ["head"] }, "no part 'head' that could be trained whole. It has embed_tokens, lm_head, norm, q_proj." },
        { nameof(TrainingRecipe.ModulesToSave), new() { TargetModules = ["lm_head", "q_proj"], ModulesToSave = ["lm_head"] }, "'lm_head' is to be adapted and to be trained whole" },
        { nameof(TrainingRecipe.Bias), new() { TargetModules = ["v_proj"], Bias = LoraBias.LoraOnly }, "adapted layers of this base have no biases" },
        { nameof(TrainingRecipe.Dora), new() { TargetModules = ["embed_tokens"], Dora = true }, "switch DoRA off" },
        { nameof(TrainingRecipe.Pissa), new() { TargetModules = ["embed_tokens"], Pissa = true }, "switch the strong start off" },
        { nameof(TrainingRecipe.Rank), new() { Pissa = true, Rank = 32 }, "'model.layers.0.self_attn.v_proj' has 16 directions to begin with, and rank 32 asks for more: take a rank of at most 16" },
    };

    [Theory]
    [MemberData(nameof(Shapes), DisableDiscoveryEnumeration = true)]
    public void An_adapter_that_the_base_cannot_carry_is_refused_at_its_field_in_a_sentence(string field, TrainingRecipe recipe, string says)
    {
        RecipeProblem problem = Assert.Single(RecipeCheck.Problems(recipe, Base, 2048));
        Assert.Equal(field, problem.Field);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_base_can_carry_is_not_refused() => Assert.Empty(RecipeCheck.Problems(new()
    {
        TargetModules = ["q_proj", "model.embed_tokens", "lm_head"],
        LayersToTransform = [0],
        RankPattern = new Dictionary<string, int> { ["q_proj"] = 4 },
        AlphaPattern = new Dictionary<string, double> { [@"layers\.0\..*"] = 4 },
        Bias = LoraBias.LoraOnly,
        ModulesToSave = ["norm"],
    }, Base, 2048));
}
