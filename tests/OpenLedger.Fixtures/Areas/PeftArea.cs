using System.Text.Json;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using TorchSharp;

namespace OpenLedger.Fixtures.Areas;

/// <summary>PEFT adapters on the families: logits unmerged, a round trip through our own writer, merges, and files to refuse.</summary>
internal sealed class PeftArea : IFixtureArea
{
    private const double Tolerance = 1e-4;

    public string Name => "peft";

    public IEnumerable<FixtureCase> Run(string folder)
    {
        string families = Path.Combine(folder, "..", "families"), adapters = Path.Combine(folder, "adapters"), bad = Path.Combine(folder, "bad");
        if (Directory.Exists(adapters))
        {
            foreach (string family in Directory.GetDirectories(adapters).Order(StringComparer.Ordinal))
            {
                foreach (FixtureCase found in RunFamily(family, Path.Combine(families, Path.GetFileName(family)))) yield return found;
            }
        }
        foreach (FixtureCase found in PeftQuantCases.Run(Path.Combine(folder, "quant"), families)) yield return found;
        foreach (FixtureCase found in PeftPreferenceCases.Run(Path.Combine(folder, "preference"), families)) yield return found;
        foreach (FixtureCase found in PeftTrainingCases.Run(Path.Combine(folder, "training"), families)) yield return found;
        foreach (FixtureCase found in PeftMergeCases.Run(Path.Combine(folder, "merges"), families)) yield return found;
        if (!Directory.Exists(bad)) yield break;
        using LanguageModel llama = LanguageModel.Load(Path.Combine(families, "llama"));
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(bad, "cases.json")));
        foreach (JsonElement one in cases.RootElement.EnumerateArray())
        {
            string name = one.GetProperty("folder").GetString()!;
            if (Directory.Exists(Path.Combine(bad, name))) yield return FixtureCase.Of($"bad/{name}", () => CheckBad($"bad/{name}", Path.Combine(bad, name), one.GetProperty("must").GetString()!, llama));
        }
    }

    private static IEnumerable<FixtureCase> RunFamily(string family, string basePath)
    {
        foreach (string adapter in Directory.GetDirectories(family).Order(StringComparer.Ordinal))
        {
            string name = $"adapters/{Path.GetFileName(family)}/{Path.GetFileName(adapter)}";
            yield return FixtureCase.Of(name, () => CheckAdapter(name, adapter, basePath));
            foreach (FixtureCase found in PeftExportCases.Run($"{Path.GetFileName(family)}/{Path.GetFileName(adapter)}", adapter, basePath)) yield return found;
        }
    }

    private static FixtureCase CheckAdapter(string name, string folder, string basePath)
    {
        using LanguageModel model = LanguageModel.Load(basePath);
        using SafetensorsFile inputs = SafetensorsFile.Open(Path.Combine(basePath, "expected.safetensors"));
        using SafetensorsFile expected = SafetensorsFile.Open(Path.Combine(folder, "expected.safetensors"));
        long[] ids = inputs.ReadIntegers("input_ids");
        int rows = (int)inputs.Require("input_ids").Shape[0];
        float[] logits = expected.ReadFloats("logits");
        using LoraWeights adapter = AdapterFile.Read(folder, model.AdapterBase, torch.CPU, Path.GetFileName(basePath));
        double worst = Deviation.Of(Deviation.Logits(model, ids, rows, adapter), logits);
        (double again, string? wrong) = RoundTrip(model, adapter, folder, ids, rows, logits);
        return FixtureCase.Within(name, Math.Max(worst, again), Tolerance, wrong);
    }

    private static (double Deviation, string? Wrong) RoundTrip(LanguageModel model, LoraWeights adapter, string from, long[] ids, int rows, float[] logits)
    {
        string folder = Directory.CreateTempSubdirectory("openledger-adapter-").FullName;
        try
        {
            AdapterFile.Write(folder, adapter, AdapterFile.ReadConfig(from).BaseModel!, model.Config.Transposed);
            using LoraWeights again = AdapterFile.Read(folder, model.AdapterBase, torch.CPU);
            return (Deviation.Of(Deviation.Logits(model, ids, rows, again), logits), PeftSaving.Difference(from, folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static FixtureCase CheckBad(string name, string folder, string must, LanguageModel llama)
    {
        try
        {
            using LoraWeights adapter = AdapterFile.Read(folder, llama.AdapterBase, torch.CPU, "llama");
            return new FixtureCase(name, must == "accept", "loads");
        }
        catch (Exception refusal) when (refusal is AdapterException or SafetensorsException)
        {
            return new FixtureCase(name, must != "accept", refusal.Message);
        }
    }
}
