using OpenLedger.Engine.Adapters;
using TorchSharp;

namespace OpenLedger.Engine.Tests.Adapters;

public class LoraWeightsTests
{
    private static readonly Dictionary<string, LinearShape> Linears = new()
    {
        ["model.layers.0.self_attn.q_proj"] = new(64, 32),
        ["model.layers.0.mlp.down_proj"] = new(100, 64),
        ["model.layers.1.self_attn.q_proj"] = new(64, 32),
    };

    [Fact]
    public void A_fresh_adapter_changes_nothing_and_starts_in_PEFTs_range()
    {
        using LoraWeights weights = LoraWeights.Create(new LoraConfig(8, 16, 0, ["q_proj", "down_proj"]), Linears, seed: 1, torch.CPU);
        Assert.Equal(3, weights.Pairs.Count);
        foreach ((string module, LoraPair pair) in weights.Pairs)
        {
            float bound = (float)(1 / Math.Sqrt(Linears[module].In));
            float[] a = pair.A.data<float>().ToArray();
            Assert.All(a, value => Assert.InRange(value, -bound, bound));
            Assert.True(a.Max() > 0.9 * bound && a.Min() < -0.9 * bound, "the whole range is used");
            Assert.All(pair.B.data<float>().ToArray(), value => Assert.Equal(0, value));
            Assert.True(pair.A.requires_grad && pair.B.requires_grad);
            Assert.Equal(2, pair.Scale);
        }
    }

    [Fact]
    public void The_seed_alone_decides_the_start()
    {
        LoraConfig config = new(4, 8, 0, ["q_proj"]);
        using LoraWeights one = LoraWeights.Create(config, Linears, 7, torch.CPU), same = LoraWeights.Create(config, Linears, 7, torch.CPU), other = LoraWeights.Create(config, Linears, 8, torch.CPU);
        const string module = "model.layers.1.self_attn.q_proj";
        Assert.Equal(one.Pairs[module].A.data<float>().ToArray(), same.Pairs[module].A.data<float>().ToArray());
        Assert.NotEqual(one.Pairs[module].A.data<float>().ToArray(), other.Pairs[module].A.data<float>().ToArray());
    }

    [Fact]
    public void Patterns_layers_and_exclusions_choose_as_PEFT_does()
    {
        LoraConfig config = new(4, 8, 0, ["q_proj", "down_proj"], RankStabilized: true)
        {
            LayersToTransform = [0],
            ExcludeModules = ["layers.0.mlp.down_proj"],
            RankPattern = [new("q_proj", 16)],
            AlphaPattern = [new(@"layers\.0\.self_attn\.q_proj", 32)],
        };
        Assert.Equal(["model.layers.0.self_attn.q_proj"], config.TargetsIn(new AdapterBase(Linears)));
        Assert.Equal(8, config.ScaleFor("model.layers.0.self_attn.q_proj"));   // 32 / sqrt(16)
    }

    [Fact]
    public void A_target_that_the_base_has_not_is_refused_with_what_it_has()
    {
        AdapterException refusal = Assert.Throws<AdapterException>(() => new LoraConfig(4, 8, 0, ["query_key_value"]).TargetsIn(new AdapterBase(Linears)));
        Assert.Contains("'query_key_value'; it has q_proj, down_proj", refusal.Message, StringComparison.Ordinal);
    }
}
