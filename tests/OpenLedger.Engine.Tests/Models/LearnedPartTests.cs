using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Tests.Models;

/// <summary>Ways back that are written out by hand give what autograd gives, and keep nothing when they were gone or given up.</summary>
[Collection(TensorCounting.Name)]
public sealed class LearnedPartTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 37)]
    [InlineData(5, 5000)]
    public void Gated_silu_and_its_gradients_are_autograds(int rows, int inner)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(1, CPU);
        Tensor gate = randn([rows, inner], generator: random).requires_grad_(true), up = randn([rows, inner], generator: random).requires_grad_(true), given = randn([rows, inner], generator: random);
        Tensor plain = nn.functional.silu(gate) * up;
        autograd.backward(plain, given);

        Tensor ownGate = gate.detach().clone(), ownUp = up.detach().clone(), own = GatedSilu.Forward(ownGate, ownUp);
        GatedSilu.Backward(given, ownGate, ownUp);

        Assert.True(allclose(plain, own, 1e-5, 1e-6));
        Assert.True(allclose(gate.grad!, ownGate, 1e-5, 1e-6));
        Assert.True(allclose(up.grad!, ownUp, 1e-5, 1e-6));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(19, 37)]
    [InlineData(3, 576)]
    public void Rms_norm_and_its_gradient_are_autograds(int rows, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(1, CPU);
        Tensor x = randn([rows, width], generator: random).requires_grad_(true), scale = randn([width], generator: random), given = randn([rows, width], generator: random);
        Tensor plain = x * (x.square().mean([-1], keepdim: true) + 1e-5).rsqrt() * scale;
        autograd.backward(plain, given);

        (Tensor own, float[] inverse) = RootMeanSquare.Forward(x.detach(), scale, 1e-5);

        Assert.True(allclose(plain, own, 1e-5, 1e-6));
        Assert.True(allclose(x.grad!, RootMeanSquare.Backward(given, x.detach(), scale, inverse), 1e-4, 1e-5));
    }

    [Theory]
    [InlineData("llama", false)]
    [InlineData("llama", true)]
    [InlineData("gpt2", false)]   // another norm and feed-forward: by autograd
    public void The_gradients_of_a_whole_pass_are_those_of_a_plain_one(string family, bool recompute)
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/" + family));
        using LoraWeights adapter = LoraWeights.Create(new LoraConfig(4, 12, 0, [LoraConfig.AllLinear]), model.Linears, 3, CPU);
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(5, CPU);
        foreach ((_, Tensor parameter) in adapter.Parameters) parameter.detach().add_(randn(parameter.shape, generator: random), 0.05);   // B is not zero, so that A learns too
        Tensor ids = arange(12, int64).view(1, 12), given = randn([1, 12, model.Config.Width], generator: random);

        using (LearningStates states = model.Learn(new LearningPass(ids, adapter) { Recompute = recompute })) states.Backward(given);
        Dictionary<string, Tensor> own = adapter.Parameters.ToDictionary(one => one.Name, one => one.Value.grad!.clone());
        foreach ((_, Tensor parameter) in adapter.Parameters) parameter.grad!.zero_();
        autograd.backward(model.Hidden(ids, adapter: adapter), given);

        Assert.All(adapter.Parameters, one => Assert.True((one.Value.grad! - own[one.Name]).norm().ToDouble() < 1e-5 * own[one.Name].norm().ToDouble(), one.Name));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)] // measured, and given up: a run that was cancelled
    public void A_pass_that_was_learned_from_or_given_up_keeps_no_tensor(bool goesBack, bool recompute)
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/llama"));
        using LoraWeights adapter = LoraWeights.Create(new LoraConfig(4, 8, 0, [LoraConfig.AllLinear]), model.Linears, 3, CPU);
        Pass(model, adapter, true, recompute);   // gradients and tables are made once
        long before = TensorCounting.Settled();
        Pass(model, adapter, goesBack, recompute);
        Assert.Equal(before, TensorCounting.Now);
    }

    private static void Pass(LanguageModel model, LoraWeights adapter, bool goesBack, bool recompute)
    {
        using DisposeScope scope = NewDisposeScope();
        using LearningStates states = model.Learn(new LearningPass(arange(12, int64).view(1, 12), adapter) { Recompute = recompute });
        if (goesBack) states.Backward(ones_like(states.Hidden));
    }
}
