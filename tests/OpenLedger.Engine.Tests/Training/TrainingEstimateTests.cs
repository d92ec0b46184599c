using OpenLedger.Engine.Models;
using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Training;

/// <summary>What a run is said to cost, by what it will compute and hold.</summary>
public sealed class TrainingEstimateTests : IDisposable
{
    private static readonly EncodedRow[] Rows = [.. Enumerable.Range(0, 8).Select(i => TinyRows.Row($"row-{(char)('a' + i)}", 16) with { Rejected = TinyRows.Row($"no-{(char)('a' + i)}", 16), Liked = i % 2 == 0 })];

    private static readonly TrainingRecipe Plain = new() { Rank = 4, BatchSize = 4, EvaluationShare = 0 };

    private readonly LanguageModel _model = LanguageModel.Load(Fixture.Path("families/llama"));

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(ObjectiveKind.OddsRatio, 2.0, 3.0, 32)]  // both texts
    [InlineData(ObjectiveKind.Preference, 2.6, 3.6, 32)] // both texts, and both again by the reference
    [InlineData(ObjectiveKind.Thumbs, 2.0, 3.0, 32)]     // the text and a mismatched one, each by the reference too
    public void Comparing_answers_costs_the_rejected_texts_and_the_reference(ObjectiveKind objective, double least, double most, int tokensARow)
    {
        TrainingEstimate plain = Estimate(Plain), compared = Estimate(Plain with { Objective = objective });
        Assert.InRange(compared.Seconds / plain.Seconds, least, most);
        Assert.Equal(Rows.Length * tokensARow, compared.Tokens);
    }

    [Fact]
    public void Recomputed_layers_take_a_third_more_time_and_are_not_held()
    {
        TrainingEstimate kept = Estimate(Plain), recomputed = Estimate(Plain with { Recompute = true });
        Assert.InRange(recomputed.Seconds / kept.Seconds, 1.2, 1.5);
        Assert.True(recomputed.MemoryBytes < kept.MemoryBytes, $"{recomputed.MemoryBytes} of {kept.MemoryBytes} bytes");
    }

    [Fact]
    public void What_every_batch_costs_however_short_it_is_counts_with_their_number()
    {
        TrainingRecipe oneByOne = Plain with { BatchSize = 1 };
        double few = Estimate(Plain, perBatch: 1).Seconds - Estimate(Plain).Seconds, many = Estimate(oneByOne, perBatch: 1).Seconds - Estimate(oneByOne).Seconds;
        Assert.Equal(4, many / few, 1e-3);
    }

    [Fact]
    public void A_base_in_few_bits_is_counted_in_its_bits_and_one_layer_in_float32()
    {
        long weights = _model.Linears.Values.Sum(linear => linear.In * linear.Out), inFull = Estimate(Plain with { Recompute = true }).MemoryBytes;
        long layer = 4 * weights / _model.Config.Layers;
        Assert.InRange(inFull - Estimate(Plain with { Base = BaseForm.Int8 }).MemoryBytes - (4 * weights - weights - layer), -weights / 10, weights / 10);
        Assert.InRange(inFull - Estimate(Plain with { Base = BaseForm.Nf4 }).MemoryBytes - (4 * weights - weights / 2 - layer), -weights / 10, weights / 10);
    }

    private TrainingEstimate Estimate(TrainingRecipe recipe, double perBatch = 0) =>
        TrainingEstimate.For(TrainingPlan.For(recipe, Rows, []), _model.Outline, new MachineRate(1e6, perBatch, 1), 0);
}
