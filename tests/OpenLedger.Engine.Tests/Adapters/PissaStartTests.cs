using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using OpenLedger.Fixtures.Areas;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Tests.Adapters;

[Collection(TensorCounting.Name)]
public sealed class PissaStartTests : IDisposable
{
    private readonly LanguageModel _model = LanguageModel.Load(Fixture.Path("families/llama"));

    public void Dispose() => _model.Dispose();

    [Fact]
    public void What_is_left_of_the_base_equals_the_reference()
    {
        using PeftRun run = new(Fixture.Path("peft/training/trajectories"), "pissa");
        using LoraWeights reference = run.ReadInitial(_model);
        using LoraWeights started = PissaStart.Create(reference.Config, _model.AdapterBase, _model.WeightOf);
        Assert.Equal(reference.Pairs.Keys.Order(), started.Pairs.Keys.Order());
        foreach ((string module, LoraPair pair) in started.Pairs)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            Tensor left = _model.WeightOf(module) - pair.B.mm(pair.A) * pair.Scale; // singular vectors may differ in sign; their product cannot
            Assert.True(Deviation.Of(left.data<float>().ToArray(), run.Residual(module)!) < 1e-5, module);
        }
    }

    [Fact]
    public void Before_its_first_step_it_changes_nothing()
    {
        using LoraWeights started = PissaStart.Create(new LoraConfig(4, 8, 0, [LoraConfig.AllLinear]), _model.AdapterBase, _model.WeightOf);
        Assert.True(Deviation.Of(Logits(started), Logits(null)) < 1e-4);
    }

    [Fact]
    public void Its_file_gives_the_logits_of_PEFTs_conversion_and_can_be_learned_on_from()
    {
        string folder = Fixture.Path("peft/training/pissa_converted");
        using LoraWeights plain = AdapterFile.Read(folder, _model.AdapterBase, CPU);
        using LoraWeights apart = PissaStart.FromPlain(plain, plain.Config with { Rank = plain.Config.Rank / 2, Alpha = plain.Config.Alpha / 2 });
        using SafetensorsFile inputs = SafetensorsFile.Open(Fixture.Path("families/llama/expected.safetensors")), expected = SafetensorsFile.Open(Path.Combine(folder, "expected.safetensors"));
        long[] ids = inputs.ReadIntegers("input_ids");
        int rows = (int)inputs.Require("input_ids").Shape[0];
        Assert.True(Deviation.Of(Deviation.Logits(_model, ids, rows, apart), expected.ReadFloats("logits")) < 1e-4);
        using LoraWeights again = PissaStart.ToPlain(apart);
        foreach (((string name, Tensor before), (_, Tensor after)) in plain.Parameters.Zip(again.Parameters))
            Assert.Equal(before.data<float>().ToArray(), after.data<float>().ToArray());
    }

    [Fact]
    public void It_leaves_no_tensor_behind()
    {
        long before = TensorCounting.Settled();
        using (LoraWeights started = PissaStart.Create(new LoraConfig(4, 8, 0, ["q_proj"]), _model.AdapterBase, _model.WeightOf)) PissaStart.ToPlain(started).Dispose();
        Assert.Equal(before, TensorCounting.Now);
    }

    [Fact]
    public void A_rank_above_a_layers_narrower_side_is_refused_in_a_sentence_and_leaves_no_tensor_behind()
    {
        long before = TensorCounting.Settled();
        LinearShape narrow = _model.Linears.First(linear => linear.Key.EndsWith("k_proj", StringComparison.Ordinal)).Value;
        int side = (int)Math.Min(narrow.In, narrow.Out);
        PissaStart.Create(new LoraConfig(side, 8, 0, ["k_proj"]), _model.AdapterBase, _model.WeightOf).Dispose();
        AdapterException refusal = Assert.Throws<AdapterException>(() => PissaStart.Create(new LoraConfig(side + 1, 8, 0, ["k_proj"]), _model.AdapterBase, _model.WeightOf));
        Assert.Contains($"rank of at most {side}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, TensorCounting.Now);
    }

    private float[] Logits(LoraWeights? adapter) => Deviation.Logits(_model, [.. Enumerable.Range(5, 12).Select(id => (long)id)], 1, adapter);
}
