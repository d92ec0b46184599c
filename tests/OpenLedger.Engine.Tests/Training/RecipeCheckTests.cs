using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Training;

public class RecipeCheckTests
{
    private static readonly string[] Linears = ["model.layers.0.self_attn.q_proj", "model.layers.0.self_attn.v_proj", "model.layers.0.mlp.down_proj"];

    [Fact]
    public void Every_preset_can_run()
    {
        foreach (TrainingPreset preset in TrainingPreset.All)
            Assert.Empty(RecipeCheck.Problems(preset.Recipe, Linears, contextTokens: 2048));
    }

    [Theory]
    [InlineData(nameof(TrainingRecipe.Rank), "between 1 and 256")]
    [InlineData(nameof(TrainingRecipe.Dropout), "between 0 and 0.5")]
    [InlineData(nameof(TrainingRecipe.LearningRate), "between 1E-06 and 0.1")]
    public void A_field_out_of_range_is_named_with_its_range(string field, string range)
    {
        TrainingRecipe recipe = new() { Rank = 0, Dropout = double.NaN, LearningRate = 3 };
        RecipeProblem problem = Assert.Single(RecipeCheck.Problems(recipe, Linears, 2048), p => p.Field == field);
        Assert.Contains(range, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_that_the_base_lacks_is_named_with_those_it_has()
    {
        RecipeProblem problem = Assert.Single(RecipeCheck.Problems(new() { TargetModules = ["q_proj", "query"] }, Linears, 2048));
        Assert.Equal(nameof(TrainingRecipe.TargetModules), problem.Field);
        Assert.Contains("'query'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("down_proj", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_longer_than_the_context_are_refused() =>
        Assert.Contains("reads 128 tokens", Assert.Single(RecipeCheck.Problems(new(), Linears, contextTokens: 128)).Message, StringComparison.Ordinal);

    [Fact]
    public void Equal_recipes_have_one_hash_and_any_change_another()
    {
        Assert.Equal(new TrainingRecipe().Hash, new TrainingRecipe().Hash);
        Assert.NotEqual(new TrainingRecipe().Hash, new TrainingRecipe { Seed = 43 }.Hash);
    }
}
