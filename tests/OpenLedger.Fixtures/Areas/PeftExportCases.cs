using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Export;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using TorchSharp;

namespace OpenLedger.Fixtures.Areas;

/// <summary>Every adapter worked into its base, written as safetensors and as float32 GGUF, read again: the logits are PEFT's.</summary>
internal static class PeftExportCases
{
    private const double Tolerance = 1e-4;

    // What llama.cpp fixes by architecture (its own pattern of windows, its own scale) and some tiny models have otherwise: refused, never written wrong.
    // And options of BLOOM, GPT-2 and Falcon that it has not.
    private static readonly string[] Unsayable =
        ["cannot say which layers see only a window", "cannot say the attention's scale", "cannot say how the layers' parts join", "cannot say scores scaled by layer", "has no place for 'transformer.h.0.self_attention.query_key_value.bias'"];

    /// <param name="folder">One adapter.</param>
    public static IEnumerable<FixtureCase> Run(string name, string folder, string basePath)
    {
        string at = $"export/{name}";
        yield return FixtureCase.Of($"{at} safetensors", () => Check($"{at} safetensors", folder, basePath, asGguf: false));
        yield return FixtureCase.Of($"{at} gguf", () => Check($"{at} gguf", folder, basePath, asGguf: true));
    }

    private static FixtureCase Check(string name, string folder, string basePath, bool asGguf)
    {
        string temporary = Directory.CreateTempSubdirectory("openledger-export-").FullName;
        try
        {
            string whole = WithWords(basePath, Path.Combine(temporary, "base")), target = Path.Combine(temporary, asGguf ? "model.gguf" : "model");
            Export(folder, whole, target, asGguf);
            return Compare(name, folder, basePath, target);
        }
        catch (ExportException refusal) when (Unsayable.Any(what => refusal.Message.StartsWith($"GGUF {what}", StringComparison.Ordinal)))
        {
            return new FixtureCase(name, true, $"refused: {refusal.Message}");
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static void Export(string folder, string basePath, string target, bool asGguf)
    {
        using LanguageModel model = LanguageModel.Load(basePath);
        using LoraWeights adapter = AdapterFile.Read(folder, model.AdapterBase, torch.CPU);
        using MergedModel merged = new(basePath, model.AdapterBase, adapter);
        // The format of float32 throughout, so that only the way of writing is tested and no rounding.
        if (asGguf) GgufExport.Write(target, merged, basePath, "fixture", ExportFormat.Safetensors, CancellationToken.None);
        else CheckpointExport.Write(target, merged, basePath, CancellationToken.None);
    }

    private static FixtureCase Compare(string name, string folder, string basePath, string target)
    {
        using LanguageModel written = LanguageModel.Load(target);
        using SafetensorsFile inputs = SafetensorsFile.Open(Path.Combine(basePath, "expected.safetensors")), expected = SafetensorsFile.Open(Path.Combine(folder, "expected.safetensors"));
        float[] logits = Deviation.Logits(written, inputs.ReadIntegers("input_ids"), (int)inputs.Require("input_ids").Shape[0]);
        return FixtureCase.Within(name, Deviation.Of(logits, expected.ReadFloats("logits")), Tolerance);
    }

    // The tiny models have no words; a vocabulary of single bytes is enough to be written and read again.
    private static string WithWords(string basePath, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(basePath)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        ByteWords.Write(folder);
        return folder;
    }
}
