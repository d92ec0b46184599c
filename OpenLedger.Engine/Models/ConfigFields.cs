using System.Text.Json;

namespace OpenLedger.Engine.Models;

/// <summary>Typed access to the fields of a <c>config.json</c>, sizes bounded. Gives no field a meaning.</summary>
internal sealed class ConfigFields(JsonElement root)
{
    private const int LargestSize = 1 << 24;

    /// <summary>A size that must be there, from 1.</summary>
    public int Size(params ReadOnlySpan<string> names) => SizeOrNull(names) ?? throw new ModelException($"config.json has no {names[0]}");

    /// <summary>A size that may be missing or null; the first of the names that is there counts.</summary>
    public int? SizeOrNull(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Find(name) is not { } field) continue;
            if (field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out int size) && size is >= 0 and <= LargestSize) return size;
            throw Wrong(name, field, $"a whole number up to {LargestSize}");
        }
        return null;
    }

    public double? Number(string name) => Find(name) is not { } field ? null
        : field.ValueKind == JsonValueKind.Number && field.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw Wrong(name, field, "a finite number");

    public bool Flag(string name, bool otherwise = false) => Find(name)?.ValueKind switch
    {
        null => otherwise,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, Find(name)!.Value, "true or false"),
    };

    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } field ? field.GetString() : null;

    /// <summary>A nested object, or null.</summary>
    public ConfigFields? Object(string name) => Find(name) is { ValueKind: JsonValueKind.Object } field ? new ConfigFields(field) : null;

    /// <summary>Whole numbers, from a list or from one number.</summary>
    public IReadOnlyList<int> Integers(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.Number } one => [one.GetInt32()],
        { ValueKind: JsonValueKind.Array } many => [.. many.EnumerateArray().Select(entry => entry.GetInt32())],
        _ => [],
    };

    /// <summary>A list of texts, or null.</summary>
    public IReadOnlyList<string>? Texts(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } many ? [.. many.EnumerateArray().Select(entry => entry.GetString() ?? "")] : null;

    private JsonElement? Find(string name) => root.TryGetProperty(name, out JsonElement field) && field.ValueKind != JsonValueKind.Null ? field : null;

    private static ModelException Wrong(string name, JsonElement field, string needed)
    {
        string found = field.GetRawText();
        return new ModelException($"config.json: {name} is {(found.Length <= 60 ? found : found[..60] + "...")}; {needed} is needed");
    }
}
