using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Fixtures.Areas;

/// <summary>bitsandbytes' nf4 and int8: codes, scales, numbers that come back, and one QLoRA step on the tiny llama.</summary>
internal static class PeftQuantCases
{
    // A nested code may lie one place off where a value lies on a midpoint; what comes back is then off by that place's width.
    private const double ScaleTolerance = 1e-6, StepTolerance = 1e-4, GradientTolerance = 1e-3;

    /// <param name="quant">The folder <c>peft/quant</c>.</param>
    /// <param name="families">The folder of the base models.</param>
    public static IEnumerable<FixtureCase> Run(string quant, string families)
    {
        string nf4 = Path.Combine(quant, "nf4.safetensors"), int8 = Path.Combine(quant, "int8.safetensors"), step = Path.Combine(quant, "qlora_step_llama.safetensors");
        if (File.Exists(nf4))
        {
            using SafetensorsFile file = SafetensorsFile.Open(nf4);
            yield return FixtureCase.Of("quant/nf4 tables", () => CheckTables(file));
            foreach (string name in file.Tensors.Keys.Where(key => key.EndsWith(".input", StringComparison.Ordinal)).Select(key => key[..^6]).ToList())
                yield return FixtureCase.Of($"quant/nf4 {name}", () => CheckNf4($"quant/nf4 {name}", file, name));
        }
        if (File.Exists(int8)) yield return FixtureCase.Of("quant/int8", () => CheckInt8(int8));
        if (File.Exists(step)) yield return FixtureCase.Of("quant/qlora step", () => CheckStep(step, Path.Combine(families, "llama")));
    }

    private static FixtureCase CheckTables(SafetensorsFile file) => FixtureCase.Within(
        "quant/nf4 tables", Math.Max(Deviation.Of(Nf4Codes.Values, file.ReadFloats("code")), Deviation.Of(NestedScales.Values, file.ReadFloats("nested_code"))), 1e-9);

    private static FixtureCase CheckNf4(string name, SafetensorsFile file, string matrix)
    {
        long[] shape = [.. file.Tensors[$"{matrix}.input"].Shape];
        using Nf4Weight weight = new(shape[0], shape[1], CPU);
        weight.Fill(file.ReadFloats($"{matrix}.input"));
        byte[] codes = file.ReadIntegers($"{matrix}.dq.packed").Select(code => (byte)code).ToArray();
        double scales = Deviation.Of(weight.Scales, file.ReadFloats($"{matrix}.dq.absmax_dequant"));
        using Tensor dense = weight.Dense();
        double numbers = Deviation.Of(dense.data<float>().ToArray(), file.ReadFloats($"{matrix}.dq.dequant"));
        return FixtureCase.Within(name, Math.Max(scales, numbers), ScaleTolerance, weight.Codes.SequenceEqual(codes) ? null : "the codes differ");
    }

    private static FixtureCase CheckInt8(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        using DisposeScope scope = NewDisposeScope();
        long[] shape = [.. file.Tensors["weight"].Shape];
        using Int8Weight weight = new(shape[0], shape[1], CPU), ties = new(1, file.Tensors["ties_in"].Shape[1], CPU);
        weight.Fill(file.ReadFloats("weight"));
        ties.Fill(file.ReadFloats("ties_in"));
        bool equal = Equal(weight, file, "weight_int8") && Equal(ties, file, "ties_int8");
        Tensor inputs = tensor(file.ReadFloats("act"), [.. file.Tensors["act"].Shape]);
        double product = Deviation.Of(weight.Product(inputs, null).data<float>().ToArray(), file.ReadFloats("product_weight_only"));
        double numbers = Deviation.Of(weight.Dense().data<float>().ToArray(), file.ReadFloats("weight_dequant"));
        return FixtureCase.Within("quant/int8", Math.Max(numbers, product), 1e-4, equal ? null : "the codes differ");
    }

    private static bool Equal(Int8Weight weight, SafetensorsFile file, string name) =>
        weight.Codes.SequenceEqual(file.ReadIntegers(name).Select(code => (sbyte)code).ToArray());

    private static FixtureCase CheckStep(string path, string basePath)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        using LanguageModel model = LanguageModel.Load(basePath, form: BaseForm.Nf4);
        using LoraWeights adapter = PeftRun.ReadAdapter(file, "adapter.", QloraConfig, model);
        using AdamW optimizer = new(adapter.Parameters, 0);
        TrainingStep step = new(model, adapter, optimizer, dropout: 0, maxGradientNorm: 0) { Recompute = true };
        double loss = file.ReadFloats("loss")[0];
        StepResult found = step.Run([PeftRun.RowsOf(file)], learningRate: 0, seed: 0);
        double gradients = adapter.Parameters.Max(p => Relative(p.Value.grad!, file.ReadFloats($"grad.base_model.model.{p.Name}")));
        double weights = model.Linears.Keys.Max(module => Weights(model, module, file));
        string? wrong = gradients > GradientTolerance ? $"the gradients differ by {gradients:0.0e+0}" : weights > ScaleTolerance ? $"the weights differ by {weights:0.0e+0}" : null;
        return FixtureCase.Within("quant/qlora step", Math.Abs(found.Loss - loss) / loss, StepTolerance, wrong);
    }

    private const string QloraConfig = """{"r": 4, "lora_alpha": 8, "target_modules": "all-linear"}""";

    private static double Weights(LanguageModel model, string module, SafetensorsFile file)
    {
        using DisposeScope scope = NewDisposeScope();
        return Deviation.Of(model.WeightOf(module).data<float>().ToArray(), file.ReadFloats($"base.{module}.weight"));
    }

    private static double Relative(Tensor found, float[] wanted) => Deviation.Of(found.data<float>().ToArray(), wanted) / Math.Max(1e-6, wanted.Max(Math.Abs));
}
