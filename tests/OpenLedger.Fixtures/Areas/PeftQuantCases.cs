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
    // Where a scale lies on a midpoint but for a rounding, bitsandbytes' table look-up may name the neighbour: one place off, and seldom.
    private const double NeighbourShare = 0.01;
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
        long[] scaleCodes = file.ReadIntegers($"{matrix}.dq.absmax_codes");
        int[] places = [.. weight.ScaleCodes.ToArray().Zip(scaleCodes, (ours, theirs) => (int)Math.Abs(ours - theirs))];
        string? wrong = !weight.Codes.SequenceEqual(codes) ? "the codes differ" : places.Max() > 1 || places.Sum() > Math.Ceiling(NeighbourShare * places.Length) ? "the scales' codes differ" : null;
        return FixtureCase.Within(name, WhereScalesAgree(weight, places, file.ReadFloats($"{matrix}.dq.dequant")), ScaleTolerance, wrong);
    }

    private static double WhereScalesAgree(Nf4Weight weight, int[] places, float[] wanted)
    {
        using Tensor dense = weight.Dense();
        float[] found = dense.data<float>().ToArray();
        return Enumerable.Range(0, found.Length).Where(i => places[i / Nf4Weight.Block] == 0).Max(i => Math.Abs((double)found[i] - wanted[i]));
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

    // On the reference's own weights: its CPU kernel looks scales up by row, so these matrices, 48 and 80 wide, came back with other blocks' scales.
    // Widths of real models are multiples of 64, where it and the rule above agree.
    private static FixtureCase CheckStep(string path, string basePath)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("openledger-qlora-");
        WriteBase(file, basePath, folder.FullName);
        using LanguageModel model = LanguageModel.Load(folder.FullName);
        folder.Delete(recursive: true);
        using LoraWeights adapter = PeftRun.ReadAdapter(file, "adapter.", QloraConfig, model);
        using AdamW optimizer = new(adapter.Parameters, 0);
        TrainingStep step = new(model, adapter, optimizer, dropout: 0, maxGradientNorm: 0) { Recompute = true };
        double loss = file.ReadFloats("loss")[0];
        StepResult found = step.Run([PeftRun.RowsOf(file)], learningRate: 0, seed: 0);
        double gradients = adapter.Parameters.Max(p => Relative(p.Value.grad!, file.ReadFloats($"grad.base_model.model.{p.Name}")));
        return FixtureCase.Within("quant/qlora step", Math.Abs(found.Loss - loss) / loss, StepTolerance, gradients <= GradientTolerance ? null : $"the gradients differ by {gradients:0.0e+0}");
    }

    private static void WriteBase(SafetensorsFile quantised, string basePath, string folder)
    {
        File.Copy(Path.Combine(basePath, "config.json"), Path.Combine(folder, "config.json"));
        using SafetensorsFile whole = SafetensorsFile.Open(Path.Combine(basePath, "model.safetensors"));
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), whole.Tensors.Values.Select(tensor => SafetensorsEntry.Of(
            tensor.Name, quantised.Tensors.ContainsKey($"base.{tensor.Name}") ? quantised.ReadFloats($"base.{tensor.Name}") : whole.ReadFloats(tensor.Name), [.. tensor.Shape])));
    }

    private const string QloraConfig = """{"r": 4, "lora_alpha": 8, "target_modules": "all-linear"}""";

    private static double Relative(Tensor found, float[] wanted) => Deviation.Of(found.data<float>().ToArray(), wanted) / Math.Max(1e-6, wanted.Max(Math.Abs));
}
