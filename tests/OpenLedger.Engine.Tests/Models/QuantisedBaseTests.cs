using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;
using OpenLedger.Engine.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Tests.Models;

/// <summary>A base in few bits; its numbers equal the reference's in the fixture sweep.</summary>
[Collection(TensorCounting.Name)]
public class QuantisedBaseTests
{
    private static readonly EncodedRow[] Rows = [TinyRows.Row("a", 9), TinyRows.Row("bb", 21)];

    [Theory]
    [InlineData(BaseForm.Nf4, 0.53)]
    [InlineData(BaseForm.Int8, 1.06)]
    public void A_linear_weight_is_held_in_few_bytes_a_number(BaseForm form, double most)
    {
        long before = TensorCounting.Settled();
        using LanguageModel whole = LanguageModel.Load(Fixture.Path("families/llama"));
        long wholeTensors = TensorCounting.Now - before;
        before = TensorCounting.Settled();
        using LanguageModel small = LanguageModel.Load(Fixture.Path("families/llama"), form: form);
        Assert.Equal(form, small.Form);
        Assert.Equal(whole.Linears.Count, wholeTensors - (TensorCounting.Now - before)); // no float32 matrix of a linear layer stays
        Assert.True(BytesANumber(form, 96, 128) <= most);
    }

    [Theory]
    [InlineData(BaseForm.Nf4)]
    [InlineData(BaseForm.Int8)]
    public void A_step_leaves_no_float32_copy_of_a_weight_behind(BaseForm form)
    {
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/llama"), form: form);
        using LoraWeights adapter = LoraWeights.Create(new LoraConfig(4, 8, 0, [LoraConfig.AllLinear]), model.Linears, 1, CPU);
        using AdamW optimizer = new(adapter.Parameters, 0);
        TrainingStep step = TrainingStep.For(new TrainingRecipe { Base = form, Packing = true }, model, adapter, optimizer);
        step.Run([Rows], 1e-3, 1);
        long before = TensorCounting.Settled();
        step.Run([Rows], 1e-3, 2);
        Assert.Equal(before, TensorCounting.Now);
    }

    [Theory]
    [InlineData(BaseForm.Nf4)]
    [InlineData(BaseForm.Int8)]
    public void A_step_equals_one_on_the_weights_that_come_back(BaseForm form)
    {
        string folder = Directory.CreateTempSubdirectory("came-back").FullName;
        using LanguageModel small = LanguageModel.Load(Fixture.Path("families/llama"), form: form);
        WriteWhole(small, folder);
        using LanguageModel whole = LanguageModel.Load(folder);
        (double loss, double norm) = Step(whole, recompute: false);
        (double smallLoss, double smallNorm) = Step(small, recompute: true);
        Assert.Equal(loss, smallLoss, 1e-6 * loss);
        Assert.Equal(norm, smallNorm, 1e-5 * norm);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(BaseForm.Nf4, 1.5)]
    [InlineData(BaseForm.Int8, 0.05)]
    public void It_stays_near_the_base_as_it_was(BaseForm form, double most)
    {
        using LanguageModel whole = LanguageModel.Load(Fixture.Path("families/llama")), small = LanguageModel.Load(Fixture.Path("families/llama"), form: form);
        Assert.InRange(Math.Abs(HeldOutLoss.Measure(whole, null, Rows, 2, 0, default).Loss - HeldOutLoss.Measure(small, null, Rows, 2, 0, default).Loss), 0, most);
    }

    [Fact]
    public void A_file_that_keeps_rows_in_another_order_is_quantised_as_the_checkpoint_has_them()
    {
        string gguf = Directory.GetFiles(Fixture.Path("gguf"), "*.gguf", SearchOption.AllDirectories).First(path => !Path.GetFileName(path).Contains("types", StringComparison.Ordinal));
        using LanguageModel whole = LanguageModel.Load(gguf), small = LanguageModel.Load(gguf, form: BaseForm.Int8);
        foreach (string module in whole.Linears.Keys)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor exact = whole.WeightOf(module), near = small.WeightOf(module);
            double step = exact.abs().max().ToDouble() / 127;
            Assert.True((exact - near).abs().max().ToDouble() <= step * 0.51, module);
        }
    }

    private static void WriteWhole(LanguageModel small, string folder)
    {
        File.Copy(Fixture.Path("families/llama/config.json"), Path.Combine(folder, "config.json"));
        using SafetensorsFile file = SafetensorsFile.Open(Fixture.Path("families/llama/model.safetensors"));
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), file.Tensors.Values.Select(stored =>
        {
            using DisposeScope scope = NewDisposeScope();
            string module = stored.Name[..stored.Name.LastIndexOf('.')];
            return SafetensorsEntry.Of(stored.Name, small.Linears.ContainsKey(module) ? small.WeightOf(module).data<float>().ToArray() : file.ReadFloats(stored.Name), [.. stored.Shape]);
        }));
    }

    private static (double Loss, double Norm) Step(LanguageModel model, bool recompute)
    {
        using LoraWeights adapter = LoraWeights.Create(new LoraConfig(4, 8, 0, [LoraConfig.AllLinear]), model.Linears, 1, CPU);
        using AdamW optimizer = new(adapter.Parameters, 0);
        StepResult result = new TrainingStep(model, adapter, optimizer, 0, 0) { Packing = true, Recompute = recompute }.Run([Rows], 0, 1);
        return (result.Loss, result.GradientNorm);
    }

    private static double BytesANumber(BaseForm form, int output, int input)
    {
        float[] numbers = [.. Enumerable.Range(0, output * input).Select(i => MathF.Sin(i))];
        if (form == BaseForm.Int8)
        {
            using Int8Weight int8 = new(output, input, CPU);
            int8.Fill(numbers);
            return int8.Bytes / (double)numbers.Length;
        }
        using Nf4Weight nf4 = new(output, input, CPU);
        nf4.Fill(numbers);
        return nf4.Bytes / (double)numbers.Length;
    }
}
