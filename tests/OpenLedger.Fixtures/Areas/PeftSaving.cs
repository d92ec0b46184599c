using System.Text.Json;
using System.Text.Json.Nodes;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Fixtures.Areas;

/// <summary>Compares an adapter that we saved with the one that PEFT saved: keys, shapes, and every field of the configuration.</summary>
internal static class PeftSaving
{
    /// <summary>What differs, or null.</summary>
    public static string? Difference(string theirs, string ours) => Keys(theirs, ours) ?? Fields(Config(theirs), Config(ours));

    private static string? Keys(string theirs, string ours)
    {
        using SafetensorsSet one = SafetensorsSet.Open(theirs, "adapter_model"), other = SafetensorsSet.Open(ours, "adapter_model");
        string? missing = one.Names.FirstOrDefault(name => other.Find(AsSavedToday(name)) is not { } found || !found.Shape.SequenceEqual(one.Find(name)!.Shape));
        if (missing is not null) return $"the saved file lacks '{missing}', or has it in another shape";
        return one.Names.Count == other.Names.Count ? null : $"the saved file has {other.Names.Count} tensors, PEFT's {one.Names.Count}";

        // Older files say x.bias where PEFT now says x.base_layer.bias.
        string AsSavedToday(string name) => other.Find(name) is null && name.EndsWith(".bias", StringComparison.Ordinal) ? name[..^4] + "base_layer.bias" : name;
    }

    // A short configuration of an older release is filled up; what it says must stay.
    private static string? Fields(JsonObject theirs, JsonObject ours)
    {
        bool full = theirs.ContainsKey("peft_version");
        foreach ((string field, JsonNode? value) in theirs)
        {
            if (!ours.TryGetPropertyValue(field, out JsonNode? found))
            {
                if (full) return $"the saved configuration lacks '{field}'";
                continue;   // enable_lora, merge_weights: fields that PEFT itself drops
            }
            if (!Same(value, found)) return $"'{field}' is {found?.ToJsonString() ?? "null"}, PEFT says {value?.ToJsonString() ?? "null"}";
        }
        return full && ours.FirstOrDefault(field => !theirs.ContainsKey(field.Key)) is { Key: string more } ? $"the saved configuration has '{more}', which PEFT's has not" : null;
    }

    // The order of a list of names means nothing: PEFT keeps a set.
    private static bool Same(JsonNode? one, JsonNode? other) => (one, other) switch
    {
        (JsonArray a, JsonArray b) => a.Select(entry => entry!.ToJsonString()).ToHashSet().SetEquals(b.Select(entry => entry!.ToJsonString())),
        (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.Number && b.GetValueKind() == JsonValueKind.Number => a.GetValue<double>().Equals(b.GetValue<double>()),
        (null, JsonArray { Count: 0 }) or (JsonArray { Count: 0 }, null) => true,   // PEFT asks only whether there are any
        _ => JsonNode.DeepEquals(one, other),
    };

    private static JsonObject Config(string folder) => JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, AdapterConfigJson.FileName)))!.AsObject();
}
