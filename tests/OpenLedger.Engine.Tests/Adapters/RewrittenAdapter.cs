using System.Text.Json.Nodes;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using OpenLedger.Fixtures.Areas;
using TorchSharp;

namespace OpenLedger.Engine.Tests.Adapters;

/// <summary>An adapter in PEFT's form in a folder of its own: a reference one of <c>fixtures/peft/adapters</c> with other fields or tensors, or one made up.</summary>
internal sealed class RewrittenAdapter : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("openledger-adapter-").FullName;

    public RewrittenAdapter(string? from, Action<JsonObject> config, Action<Dictionary<string, (long[] Shape, float[] Values)>>? tensors = null)
    {
        string? folder = from is null ? null : Fixture.Path($"peft/adapters/{from}");
        JsonObject json = folder is null
            ? new JsonObject { ["peft_type"] = "LORA", ["task_type"] = "CAUSAL_LM" }
            : JsonNode.Parse(File.ReadAllText(Path.Combine(folder, AdapterConfigJson.FileName)))!.AsObject();
        config(json);
        Dictionary<string, (long[] Shape, float[] Values)> all = folder is null ? [] : Stored(Path.Combine(folder, AdapterFile.WeightsName));
        tensors?.Invoke(all);
        File.WriteAllText(Path.Combine(_folder, AdapterConfigJson.FileName), json.ToJsonString());
        SafetensorsWriter.Write(Path.Combine(_folder, AdapterFile.WeightsName), all.Select(tensor => SafetensorsEntry.Of(tensor.Key, tensor.Value.Values, tensor.Value.Shape)));
    }

    /// <summary>A file's floating tensors by name.</summary>
    public static Dictionary<string, (long[] Shape, float[] Values)> Stored(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return file.Tensors.Where(tensor => tensor.Value.Type.IsFloat()).ToDictionary(tensor => tensor.Key, tensor => ((long[])[.. tensor.Value.Shape], file.ReadFloats(tensor.Key)), StringComparer.Ordinal);
    }

    public LoraWeights ReadOn(LanguageModel model) => AdapterFile.Read(_folder, model.AdapterBase, torch.CPU);

    /// <summary>Logits on the reference's tokens.</summary>
    public float[] Logits(LanguageModel model, string family = "llama")
    {
        using LoraWeights adapter = ReadOn(model);
        using SafetensorsFile inputs = SafetensorsFile.Open(Fixture.Path($"families/{family}/expected.safetensors"));
        return Deviation.Logits(model, inputs.ReadIntegers("input_ids"), (int)inputs.Require("input_ids").Shape[0], adapter);
    }

    /// <summary>The reference's logits of an adapter.</summary>
    public static float[] Reference(string folder)
    {
        using SafetensorsFile expected = SafetensorsFile.Open(Path.Combine(Fixture.Path(folder), "expected.safetensors"));
        return expected.ReadFloats("logits");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
