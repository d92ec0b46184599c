using System.Text.Json;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Adapters.Merging;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Fixtures.Areas;

/// <summary>PEFT's merges of several adapters: factors, updates and logits, on PEFT's own DARE masks.</summary>
internal static class PeftMergeCases
{
    private const double Tolerance = 1e-4;

    /// <param name="folder">The folder <c>peft/merges</c>.</param>
    /// <param name="families">The folder of the base models.</param>
    public static IEnumerable<FixtureCase> Run(string folder, string families)
    {
        if (!File.Exists(Path.Combine(folder, "cases.json"))) yield break;
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        using LanguageModel llama = LanguageModel.Load(Path.Combine(families, "llama"));
        foreach (JsonProperty one in cases.RootElement.EnumerateObject())
        {
            string file = Path.Combine(folder, one.Value.GetProperty("combination_type").GetString() + ".safetensors");
            if (File.Exists(file)) yield return FixtureCase.Of($"merges/{one.Name}", () => Check(one.Name, one.Value, folder, file, llama, families));
        }
    }

    private static FixtureCase Check(string name, JsonElement settings, string folder, string path, LanguageModel llama, string families)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        string[] names = [.. settings.GetProperty("adapters").EnumerateArray().Select(adapter => adapter.GetString()!)];
        double[] weights = [.. settings.GetProperty("weights").EnumerateArray().Select(weight => weight.GetDouble())];
        LoraWeights[] adapters = [.. names.Select(adapter => AdapterFile.Read(Path.Combine(folder, "adapters", adapter), llama.AdapterBase, CPU))];
        try
        {
            DareMask masks = (module, matrix, source, shape) => tensor(file.ReadIntegers($"{name}/{module}.{MaskName(matrix)}.{names[source]}"), shape);
            using LoraWeights merged = MergeAdapters.Merge([.. adapters.Select((adapter, i) => new MergeSource(adapter, weights[i]))], Options(settings), masks);
            string? wrong = merged.Config.Rank == settings.GetProperty("result_r").GetInt32() && merged.Config.RankStabilized == settings.GetProperty("use_rslora").GetBoolean()
                ? null : $"rank {merged.Config.Rank}, rsLoRA {merged.Config.RankStabilized}";
            return FixtureCase.Within($"merges/{name}", Math.Max(Numbers(name, merged, file), LogitsOff(name, merged, file, llama, families)), Tolerance, wrong);
        }
        finally
        {
            foreach (LoraWeights adapter in adapters) adapter.Dispose();
        }
    }

    private static MergeOptions Options(JsonElement settings) => new(Enum.GetValues<MergeMethod>().Single(method => method.PeftName() == settings.GetProperty("combination_type").GetString()))
    {
        Density = settings.GetProperty("density") is { ValueKind: JsonValueKind.Number } density ? density.GetDouble() : 1,
        Election = settings.GetProperty("majority_sign_method").GetString() == "frequency" ? SignElection.Frequency : SignElection.Total,
        Rank = settings.GetProperty("svd_rank") is { ValueKind: JsonValueKind.Number } rank ? rank.GetInt32() : null,
        RepeatsPeftScale = true,
    };

    private static string MaskName(MergeMatrix matrix) => matrix switch { MergeMatrix.A => "mask_A", MergeMatrix.B => "mask_B", MergeMatrix.Whole => "mask" };

    private static double Numbers(string name, LoraWeights merged, SafetensorsFile file)
    {
        using DisposeScope scope = NewDisposeScope();
        double worst = 0;
        foreach (string key in file.Tensors.Keys.Where(key => key.StartsWith(name + "/model.", StringComparison.Ordinal) && !key.Contains(".mask", StringComparison.Ordinal)))
        {
            string module = key[(name.Length + 1)..key.LastIndexOf('.')];
            LoraPair pair = merged.Pairs[module];
            Tensor ours = key[(key.LastIndexOf('.') + 1)..] switch { "lora_A" => pair.A, "lora_B" => pair.B, _ => pair.B.mm(pair.A) * pair.Scale };
            worst = Math.Max(worst, Deviation.Of(ours.contiguous().data<float>().ToArray(), file.ReadFloats(key)));
        }
        return worst;
    }

    private static double LogitsOff(string name, LoraWeights merged, SafetensorsFile file, LanguageModel llama, string families)
    {
        using SafetensorsFile inputs = SafetensorsFile.Open(Path.Combine(families, "llama", "expected.safetensors"));
        long[] row = inputs.ReadIntegers("input_ids")[..(int)inputs.Require("input_ids").Shape[1]];
        return Deviation.Of(Deviation.Logits(llama, row, 1, merged), file.ReadFloats($"{name}/logits"));
    }
}
