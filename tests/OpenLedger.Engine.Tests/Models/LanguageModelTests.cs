using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Tests.Models;

public class LanguageModelTests
{
    private static readonly long[] Text = [5, 17, 200, 3, 88, 42, 301, 9];

    [Fact]
    public void A_model_knows_itself_by_the_hash_of_its_weights()
    {
        using LanguageModel model = Llama();
        Assert.Equal(Sha256Hash.Of(File.ReadAllBytes(Fixture.Path("families/llama/model.safetensors"))), model.Hash);
        Assert.Equal(new LinearShape(48, 24), model.Linears["model.layers.0.self_attn.k_proj"]);
        Assert.Equal(21, model.Linears.Count);
    }

    [Fact]
    public void A_cache_cut_back_goes_on_as_if_the_rest_had_never_been()
    {
        using LanguageModel model = Llama();
        using KvCache cache = model.NewCache();
        float[] direct = Last(model, Text, null);
        Last(model, [.. Text[..5], 1, 2, 3], cache);
        cache.Truncate(5);
        Assert.Equal(5, cache.Length());
        Assert.Equal(direct, Last(model, Text[5..], cache), Close);
    }

    [Fact]
    public void A_cloned_prefix_serves_several_rows_and_leaves_the_original_alone()
    {
        using LanguageModel model = Llama();
        using KvCache prefix = model.NewCache();
        Last(model, Text[..5], prefix);
        using KvCache rows = prefix.Clone(batch: 2);
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = model.Logits(model.Hidden(tensor(new long[] { 42, 301, 9, 1, 2, 3 }, [2, 3], int64), rows));
        Assert.Equal(Last(model, Text, null), logits[0][2].data<float>().ToArray(), Close);
        Assert.Equal(5, prefix.Slots);
        Assert.Equal(Last(model, Text, null), Last(model, Text[5..], prefix), Close);
    }

    [Fact]
    public void Rows_of_different_lengths_read_and_go_on_as_they_would_alone()
    {
        using LanguageModel model = Llama();
        using KvCache cache = model.NewCache(2);
        using DisposeScope scope = NewDisposeScope();
        model.Hidden(tensor(new long[] { 5, 17, 200, 3, 7, 7, 0, 0 }, [2, 4], int64), cache, lengths: tensor(new long[] { 4, 2 }));
        Tensor logits = model.Logits(model.Hidden(tensor(new long[] { 88, 9 }, [2, 1], int64), cache));
        Assert.Equal(Last(model, Text[..5], null), logits[0][0].data<float>().ToArray(), Close);
        Assert.Equal(Last(model, [7, 7, 9], null), logits[1][0].data<float>().ToArray(), Close);
        Assert.False(cache.IsEven);
        Assert.Throws<InvalidOperationException>(() => cache.Truncate(1));
    }

    [Fact]
    public void A_fresh_adapter_leaves_the_base_as_it_is_and_learns()
    {
        using LanguageModel model = Llama();
        using LoraWeights adapter = LoraWeights.Create(new LoraConfig(4, 8, 0.5, [LoraConfig.AllLinear]), model.Linears, 1, CPU);
        using DisposeScope scope = NewDisposeScope();
        Tensor ids = tensor(Text, [1, Text.Length], int64);
        Assert.Equal(model.Logits(model.Hidden(ids)).data<float>().ToArray(), model.Logits(model.Hidden(ids, adapter: adapter)).data<float>().ToArray(), Close);
        model.Logits(model.Hidden(ids, adapter: adapter, dropout: 0.5)).sum().backward();
        Assert.All(adapter.Pairs.Values, pair => Assert.True(pair.B.grad is not null && pair.B.grad.abs().max().ToSingle() > 0));
    }

    [Theory]
    [InlineData("t5", "the model type 't5' is not supported; supported are llama, mistral")]
    [InlineData("llama", "config.json has no hidden_size")]
    public void An_unsupported_model_is_refused_with_what_is_supported(string family, string fact)
    {
        string folder = Directory.CreateTempSubdirectory("openledger-model-").FullName;
        File.WriteAllText(Path.Combine(folder, "config.json"), $$"""{"model_type":"{{family}}"}""");
        Assert.Contains(fact, Assert.Throws<ModelException>(() => LanguageModel.Load(folder)).Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Weights_that_do_not_fit_the_configuration_are_refused_by_name()
    {
        string folder = Directory.CreateTempSubdirectory("openledger-model-").FullName;
        File.WriteAllText(Path.Combine(folder, "config.json"), File.ReadAllText(Fixture.Path("families/llama/config.json")).Replace("\"intermediate_size\": 80", "\"intermediate_size\": 96", StringComparison.Ordinal));
        File.Copy(Fixture.Path("families/llama/model.safetensors"), Path.Combine(folder, "model.safetensors"));
        Assert.Contains("'model.layers.0.mlp.gate_proj.weight' is [80, 48]; the configuration needs [96, 48]", Assert.Throws<ModelException>(() => LanguageModel.Load(folder)).Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Tokens_of_another_shape_are_refused_before_torch_sees_them()
    {
        using LanguageModel model = Llama();
        using DisposeScope scope = NewDisposeScope();
        Assert.Throws<ModelException>(() => model.Hidden(tensor(Text)));
        Assert.Throws<ModelException>(() => model.Hidden(tensor(new float[] { 1 }, [1, 1])));
        using KvCache cache = model.NewCache(2);
        Assert.Throws<ModelException>(() => model.Hidden(tensor(Text, [1, Text.Length], int64), cache));
        Assert.Throws<ModelException>(() => model.Logits(zeros(1, 47)));
    }

    internal static LanguageModel Llama() => LanguageModel.Load(Fixture.Path("families/llama"));

    private static bool Close(float a, float b) => Math.Abs(a - b) <= 1e-4;

    private static float[] Last(LanguageModel model, long[] ids, KvCache? cache)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor hidden = model.Hidden(tensor(ids, [1, ids.Length], int64), cache);
        return model.Logits(hidden)[0][ids.Length - 1].data<float>().ToArray();
    }
}
