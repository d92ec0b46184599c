using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;
using OpenLedger.Fixtures.Areas;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Tests.Training;

/// <summary>What learns beside pairs on linear layers: embeddings, the output layer, biases, whole modules. Gradients are PEFT's, or the loss's own slope.</summary>
[Collection(TensorCounting.Name)]
public class LearnedPartsTests
{
    private static readonly EncodedRow[] Rows = [.. Enumerable.Range(0, 6).Select(i => TinyRows.Row($"row-{(char)('a' + i)}", 8 + i % 5))];

    private static readonly TrainingRecipe Pairs = new() { Rank = 4, Alpha = 8, TargetModules = ["q_proj"] };

    public static TheoryData<string, bool, bool> Batches => new MatrixTheoryData<string, bool, bool>(
        ["llama-embed-lmhead", "llama-modules-to-save", "llama-tied-bias-lora-only"], [false, true], [false, true]);

    /// <summary>Base, and what of it learns whole.</summary>
    public static TheoryData<string, string, LoraBias> Wholes => new()
    {
        { "llama", "lm_head, norm", LoraBias.None },
        { "llama", "embed_tokens, v_proj", LoraBias.None },
        { "llama-tied-bias", "embed_tokens", LoraBias.All },
        { "llama-tied-bias", "lm_head", LoraBias.LoraOnly },
        { "gpt2", "c_proj, wpe, ln_f", LoraBias.None },
        { "gpt2", "wte", LoraBias.All },
    };

    [Theory]
    [MemberData(nameof(Batches))]
    public void Gradients_of_a_step_equal_PEFTs(string batch, bool packing, bool recompute)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Fixture.Path($"peft/training/gradients/{batch}.safetensors"));
        using LanguageModel model = LanguageModel.Load(Fixture.Path($"families/{file.Metadata["family"]}"));
        using LoraWeights adapter = PeftRun.ReadAdapter(file, "adapter.", file.Metadata["config"], model);
        StepResult step = Step(model, adapter, [.. PeftRun.RowsOf(file)], packing, recompute);
        Assert.Equal(file.ReadFloats("loss")[0], step.Loss, 1e-4 * step.Loss);
        Assert.Equal(file.ReadFloats("grad_norm")[0], step.GradientNorm, 1e-3 * step.GradientNorm);
        foreach ((string name, Tensor value) in adapter.Parameters)
        {
            float[] wanted = file.ReadFloats(GradientName(file, name));
            Assert.True(Deviation.Of(value.grad!.data<float>().ToArray(), wanted) < 1e-3 * wanted.Max(Math.Abs), name);
        }
    }

    [Theory]
    [MemberData(nameof(Wholes))]
    public void What_learns_whole_follows_the_slope_of_the_loss(string family, string wholes, LoraBias bias)
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path($"families/{family}"));
        using LoraWeights adapter = Begin(model, wholes, bias);
        Step(model, adapter, Rows, packing: true, recompute: true);
        foreach ((string name, Tensor value) in adapter.Learnable.Where(one => adapter.Replacements.ContainsKey(one.Name)))
        {
            double length = value.grad!.norm().ToDouble();
            Assert.Equal(length, Slope(model, adapter, value, length), 2e-2 * length + 2e-3);
        }
    }

    [Theory]
    [MemberData(nameof(Wholes))]
    public void Before_its_first_step_it_changes_nothing(string family, string wholes, LoraBias bias)
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path($"families/{family}"));
        using LoraWeights adapter = Begin(model, wholes, bias);
        Assert.Equal(HeldOutLoss.Measure(model, null, Rows, 4, 0, default).Loss, HeldOutLoss.Measure(model, adapter, Rows, 4, 0, default).Loss, 1e-6);
    }

    [Fact]
    public void On_a_tied_base_an_embedding_that_learns_whole_leaves_the_output_layer_as_it_was()
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/llama-tied-bias"));
        using LoraWeights adapter = Begin(model, "embed_tokens", LoraBias.None);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        adapter.Replacements["model.embed_tokens.weight"].mul_(2);
        Tensor ids = tensor([5L, 9, 11]).unsqueeze(0), hidden = model.Hidden(ids, adapter: adapter);
        Assert.NotEqual(model.Hidden(ids).data<float>().ToArray(), hidden.data<float>().ToArray());
        Tensor expected = nn.functional.linear(hidden, model.TensorOf("model.embed_tokens.weight"));
        Assert.True(Deviation.Of(model.Logits(hidden, adapter).data<float>().ToArray(), expected.data<float>().ToArray()) < 1e-6);
    }

    [Fact]
    public void An_adapter_on_the_output_layer_alone_learns()
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/llama"));
        using LoraWeights adapter = FreshAdapter.Create(new LoraConfig(4, 8, 0, ["lm_head"]), model.AdapterBase, 1, CPU, model.WeightOf, model.TensorOf);
        Assert.True(Step(model, adapter, Rows, packing: true, recompute: false).GradientNorm > 0);
        Assert.True(Step(model, adapter, Rows, packing: true, recompute: true).GradientNorm > 0);
    }

    [Fact]
    public void Weight_decay_leaves_biases_and_norms_alone()
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/gpt2"));
        using LoraWeights adapter = Begin(model, "ln_f, wpe", LoraBias.All);
        string[] spared = [.. adapter.Parameters.Where(one => !ShrinkingParameters.Has(one.Name, one.Value)).Select(one => one.Name)];
        Assert.Contains("transformer.ln_f.weight", spared);
        Assert.Contains("transformer.h.0.attn.c_attn.bias", spared);
        Assert.DoesNotContain("transformer.wpe.weight", spared);
        Assert.DoesNotContain(spared, name => name.Contains("lora_", StringComparison.Ordinal));
    }

    [Fact]
    public void Beginning_and_learning_leave_no_tensor_behind()
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/gpt2"));
        void Run()
        {
            using LoraWeights adapter = Begin(model, "c_proj, wte", LoraBias.All);
            Step(model, adapter, Rows, packing: true, recompute: true);
        }
        Run();
        long before = TensorCounting.Settled();
        Run();
        Assert.Equal(before, TensorCounting.Now);
    }

    private static LoraWeights Begin(LanguageModel model, string wholes, LoraBias bias)
    {
        string[] targets = model.Config.Transposed ? ["c_attn"] : ["q_proj"];
        LoraConfig config = (Pairs with { TargetModules = targets, ModulesToSave = wholes.Split(", "), Bias = bias }).Adapter;
        return FreshAdapter.Create(config, model.AdapterBase, 1, CPU, model.WeightOf, model.TensorOf);
    }

    private static StepResult Step(LanguageModel model, LoraWeights adapter, EncodedRow[] rows, bool packing, bool recompute)
    {
        using AdamW optimizer = new(adapter.Learnable, 0);
        return new TrainingStep(model, adapter, optimizer, dropout: 0, maxGradientNorm: 0) { Packing = packing, Recompute = recompute }.Run([rows], 0, 1);
    }

    // The loss a little further along the gradient less the loss a little before: its slope there is the gradient's length.
    private static double Slope(LanguageModel model, LoraWeights adapter, Tensor value, double length)
    {
        const double Reach = 1e-2;
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        Tensor start = value.clone(), along = value.grad! / length;
        double At(double far)
        {
            value.copy_(start + along * far);
            return HeldOutLoss.Measure(model, adapter, Rows, 4, 0, default).Loss;
        }
        double slope = (At(Reach) - At(-Reach)) / (2 * Reach);
        value.copy_(start);
        return slope;
    }

    // PEFT names a parameter in memory otherwise than in a file where it wraps a module.
    private static string GradientName(SafetensorsFile file, string parameter)
    {
        string stem = parameter[..parameter.LastIndexOf('.')], tail = parameter[parameter.LastIndexOf('.')..];
        string[] names = [parameter, $"{stem}.base_layer{tail}", $"{stem}.modules_to_save{tail}"];
        return names.Select(name => $"grad.base_model.model.{name}").First(file.Tensors.ContainsKey);
    }
}
