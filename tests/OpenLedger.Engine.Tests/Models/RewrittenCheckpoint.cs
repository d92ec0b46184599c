using System.Text.Json.Nodes;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using OpenLedger.Fixtures;
using OpenLedger.Fixtures.Areas;

namespace OpenLedger.Engine.Tests.Models;

/// <summary>A reference model of <c>fixtures/families</c> written another way into a folder of its own: other configuration fields, other tensor names, other numbers.</summary>
internal sealed class RewrittenCheckpoint : IDisposable
{
    private readonly string _family;

    public RewrittenCheckpoint(string family, Action<JsonObject>? config = null, Action<Dictionary<string, (long[] Shape, float[] Values)>>? tensors = null)
    {
        _family = Fixture.Path($"families/{family}");
        JsonObject json = JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(_family, "config.json")))!.AsObject();
        config?.Invoke(json);
        File.WriteAllText(System.IO.Path.Combine(Path, "config.json"), json.ToJsonString());
        using SafetensorsFile stored = SafetensorsFile.Open(System.IO.Path.Combine(_family, "model.safetensors"));
        Dictionary<string, (long[] Shape, float[] Values)> all = stored.Tensors.ToDictionary(tensor => tensor.Key, tensor => ((long[])[.. tensor.Value.Shape], stored.ReadFloats(tensor.Key)), StringComparer.Ordinal);
        tensors?.Invoke(all);
        SafetensorsWriter.Write(System.IO.Path.Combine(Path, "model.safetensors"), all.Select(tensor => SafetensorsEntry.Of(tensor.Key, tensor.Value.Values, tensor.Value.Shape)));
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("openledger-rewritten-").FullName;

    public ModelConfig Config => LanguageModel.ReadConfig(Path);

    /// <summary>Whether it still gives the reference's logits and greedy tokens.</summary>
    public FixtureCase AgainstReference() => FamiliesArea.Check(System.IO.Path.GetFileName(_family), Path, System.IO.Path.Combine(_family, "expected.safetensors"));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
