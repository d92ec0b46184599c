using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Adapters.Merging;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Tests.Adapters;

/// <summary>What must hold of any merge, whatever PEFT's numbers; those are in the sweep.</summary>
[Collection(TensorCounting.Name)]
public class MergeAdaptersTests
{
    private const string Module = "model.layers.0.self_attn.q_proj";
    private static readonly Dictionary<string, LinearShape> Linears = new() { [Module] = new(24, 16), ["model.layers.1.self_attn.q_proj"] = new(24, 16) };

    [Fact]
    public void Side_by_side_is_the_weighted_sum_even_of_different_ranks_and_of_negative_weights()
    {
        using LoraWeights one = Random(4, 8, 1), other = Random(8, 4, 2);
        using LoraWeights merged = MergeAdapters.Merge([new(one, 0.7), new(other, -0.3)], new MergeOptions(MergeMethod.Concatenate));
        Assert.Equal(12, merged.Config.Rank);
        AssertNear(Add(Update(one), 0.7f, Update(other), -0.3f), Update(merged), 1e-5);
    }

    [Theory]
    [InlineData(MergeMethod.Linear)]
    [InlineData(MergeMethod.Svd)]
    [InlineData(MergeMethod.Concatenate)]
    [InlineData(MergeMethod.Ties)]
    [InlineData(MergeMethod.DareLinear)]
    public void One_adapter_of_weight_one_stays_what_it_is_also_with_rsLoRA(MergeMethod method)
    {
        using LoraWeights one = Random(4, 8, 1, stabilized: true);
        using LoraWeights merged = MergeAdapters.Merge([new(one, 1)], new MergeOptions(method) { Density = 1 });
        AssertNear(Update(one), Update(merged), 1e-5);
    }

    [Fact]
    public void Full_rank_svd_is_the_weighted_sum()
    {
        using LoraWeights one = Random(4, 8, 1), other = Random(4, 8, 2);
        using LoraWeights merged = MergeAdapters.Merge([new(one, 0.5), new(other, 0.5)], new MergeOptions(MergeMethod.Svd) { Rank = 16 });
        AssertNear(Add(Update(one), 0.5f, Update(other), 0.5f), Update(merged), 1e-4);
    }

    [Fact]
    public void Dare_drops_by_its_seed_and_keeps_the_mean()
    {
        using LoraWeights one = Random(8, 8, 1), none = Random(8, 8, 2);
        float[] mean = new float[16 * 24];
        for (int seed = 0; seed < 400; seed++)
        {
            using LoraWeights merged = MergeAdapters.Merge([new(one, 1), new(none, 0)], new MergeOptions(MergeMethod.DareLinearSvd) { Density = 0.5, Seed = seed, Rank = 16 });
            mean = Add(mean, 1, Update(merged), 1f / 400);
        }
        float[] wanted = Update(one);
        double off = Math.Sqrt(mean.Zip(wanted, (a, b) => (a - b) * (a - b)).Average()), size = Math.Sqrt(wanted.Average(value => value * value));
        Assert.True(off < 0.12 * size, $"the mean over 400 masks is off by {off / size:P0}");   // one mask alone is off by about 100 %

        using LoraWeights first = MergeAdapters.Merge([new(one, 1), new(none, 1)], new MergeOptions(MergeMethod.DareLinear) { Seed = 5 });
        using LoraWeights same = MergeAdapters.Merge([new(one, 1), new(none, 1)], new MergeOptions(MergeMethod.DareLinear) { Seed = 5 });
        using LoraWeights another = MergeAdapters.Merge([new(one, 1), new(none, 1)], new MergeOptions(MergeMethod.DareLinear) { Seed = 6 });
        Assert.Equal(Update(first), Update(same));
        Assert.NotEqual(Update(first), Update(another));
    }

    [Fact]
    public void Ties_keeps_the_sign_that_most_of_the_mass_has()
    {
        // By hand: 3 against -1 and 2 against -5 elect +, -; only those who agree are averaged.
        using LoraWeights one = Of([3, 2]), other = Of([-1, -5]);
        using LoraWeights merged = MergeAdapters.Merge([new(one, 1), new(other, 1)], new MergeOptions(MergeMethod.TiesSvd) { Density = 1, Rank = 1 });
        AssertNear([3, -5], Update(merged, "m"), 1e-5);
    }

    [Fact]
    public void Unequal_ranks_are_refused_by_linear_with_what_would_do()
    {
        using LoraWeights one = Random(4, 8, 1), other = Random(8, 8, 2);
        AdapterException refusal = Assert.Throws<AdapterException>(() => MergeAdapters.Merge([new(one, 1), new(other, 1)], new MergeOptions(MergeMethod.Linear)));
        Assert.Contains("ranks 4, 8", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("take cat or svd", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Side_by_side_beyond_the_largest_rank_is_refused_and_once_made_an_adapter_that_nothing_could_open()
    {
        using LoraWeights one = Random(LoraConfig.MaxRank, 8, 1), other = Random(1, 8, 2);
        AdapterException refusal = Assert.Throws<AdapterException>(() => MergeAdapters.Merge([new(one, 1), new(other, 1)], new MergeOptions(MergeMethod.Concatenate)));
        Assert.Contains("the rank 4097, and 4096 is the most: take svd", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DoRA_is_refused_and_not_merged_wrongly_in_silence()
    {
        using LoraWeights plain = Random(4, 8, 1);
        LoraConfig config = plain.Config with { Dora = true };
        using LoraWeights dora = new(config, new Dictionary<string, LoraPair> { [Module] = new(ones(4, 24), ones(16, 4), 2) { Magnitude = ones(16) } });
        Assert.Contains("DoRA", Assert.Throws<AdapterException>(() => MergeAdapters.Merge([new(plain, 1), new(dora, 1)], new MergeOptions(MergeMethod.Concatenate))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merging_leaves_no_tensor_but_the_result()
    {
        using LoraWeights one = Random(4, 8, 1), other = Random(4, 8, 2);
        using (MergeAdapters.Merge([new(one, 1), new(other, 1)], new MergeOptions(MergeMethod.DareTiesSvd))) { }
        long before = TensorCounting.Settled();
        LoraWeights merged = MergeAdapters.Merge([new(one, 1), new(other, 1)], new MergeOptions(MergeMethod.DareTiesSvd));
        Assert.Equal(before + 4, TensorCounting.Now);   // A and B of two modules
        merged.Dispose();
        Assert.Equal(before, TensorCounting.Now);
    }

    private static LoraWeights Random(int rank, double alpha, long seed, bool stabilized = false)
    {
        LoraWeights weights = LoraWeights.Create(new LoraConfig(rank, alpha, 0, ["q_proj"], stabilized), Linears, seed, CPU);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        using Generator random = new((ulong)seed, CPU);
        foreach (LoraPair pair in weights.Pairs.Values) pair.B.copy_(rand(pair.B.shape, generator: random).sub_(0.5));
        return weights;
    }

    private static LoraWeights Of(float[] row)
    {
        using DisposeScope scope = NewDisposeScope();
        return new(new LoraConfig(1, 1, 0, ["m"]), new Dictionary<string, LoraPair> { ["m"] = new(tensor(row, [1, row.Length]), ones(1, 1), 1) });
    }

    private static float[] Update(LoraWeights weights, string module = Module)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        LoraPair pair = weights.Pairs[module];
        return (pair.B.mm(pair.A) * pair.Scale).data<float>().ToArray();
    }

    private static float[] Add(float[] one, float weight, float[] other, float otherWeight) => [.. one.Zip(other, (a, b) => a * weight + b * otherWeight)];

    private static void AssertNear(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}
