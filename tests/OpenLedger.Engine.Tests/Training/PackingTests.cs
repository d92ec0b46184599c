using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Training;
using OpenLedger.Fixtures.Areas;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Tests.Training;

public class PackingTests
{
    private static readonly EncodedRow[] Rows = [TinyRows.Row("a", 9), TinyRows.Row("bb", 21), TinyRows.Row("c", 5)];

    [Fact]
    public void The_loss_of_packed_texts_equals_the_reference_and_not_what_leaking_would_give()
    {
        using PackedFixture packed = new(Fixture.Path("peft/training/packing.safetensors"));
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/llama"));
        using LoraWeights adapter = packed.ReadAdapter(model);
        double loss = packed.LossOf(model, adapter);
        Assert.Equal(packed.Loss, loss, 1e-4 * packed.Loss);
        Assert.True(Math.Abs(loss - packed.LeakingLoss) > 1e-2);
    }

    [Theory]
    [InlineData("llama", false)]
    [InlineData("llama", true)]
    [InlineData("gemma2", false)] // caps scores and sees only a window
    public void Packed_or_padded_a_batch_gives_the_same_loss_and_gradients(string family, bool recompute)
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/" + family));
        (double loss, Dictionary<string, float[]> gradients) = Learn(model, packing: false, recompute: false);
        (double packedLoss, Dictionary<string, float[]> packedGradients) = Learn(model, packing: true, recompute);
        Assert.Equal(loss, packedLoss, 1e-5 * loss);
        foreach ((string name, float[] gradient) in gradients)
            Assert.True(gradient.Zip(packedGradients[name], (a, b) => Math.Abs(a - b)).Max() < 1e-5, name);
    }

    [Fact]
    public void A_text_cannot_tell_what_stands_before_it()
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/llama"));
        using DisposeScope scope = NewDisposeScope();
        Tensor one = Hidden(model, [Rows[0], Rows[2]]), other = Hidden(model, [Rows[1], Rows[2]]);
        int last = Rows[2].Ids.Length;
        Assert.True((one.narrow(1, one.shape[1] - last, last) - other.narrow(1, other.shape[1] - last, last)).abs().max().ToDouble() < 1e-5);
    }

    [Fact]
    public void Texts_that_do_not_add_up_to_the_tokens_are_refused()
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/llama"));
        using Tensor ids = zeros([1, 8], int64);
        Assert.Throws<ModelException>(() => model.Learn(new LearningPass(ids, null) { Texts = [3, 4] }));
    }

    private static Tensor Hidden(LanguageModel model, EncodedRow[] rows)
    {
        RowBatch batch = RowBatch.Pack(rows, CPU);
        using LearningStates states = model.Learn(new LearningPass(batch.Ids, null) { Texts = batch.Texts });
        return states.Hidden.alias();
    }

    private static (double, Dictionary<string, float[]>) Learn(LanguageModel model, bool packing, bool recompute)
    {
        using LoraWeights adapter = AdapterOn(model);
        using AdamW optimizer = new(adapter.Parameters, 0);
        TrainingStep step = new(model, adapter, optimizer, dropout: 0, maxGradientNorm: 0) { Packing = packing, Recompute = recompute };
        double loss = step.Run([Rows], learningRate: 0, seed: 1).Loss;
        return (loss, adapter.Parameters.ToDictionary(p => p.Name, p => p.Value.grad!.data<float>().ToArray()));
    }

    // B is not zero here, so that A has a gradient too.
    private static LoraWeights AdapterOn(LanguageModel model)
    {
        LoraWeights adapter = LoraWeights.Create(new LoraConfig(4, 8, 0, [LoraConfig.AllLinear]), model.Linears, 3, CPU);
        using IDisposable noGradient = no_grad();
        using Generator random = new(5, CPU);
        foreach ((_, Tensor b) in adapter.Parameters.Where(p => p.Name.Contains("lora_B", StringComparison.Ordinal)))
        {
            using Tensor noise = randn(b.shape, generator: random);
            b.add_(noise, 0.05);
        }
        return adapter;
    }
}
