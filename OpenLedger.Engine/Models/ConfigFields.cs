using System.Text.Json;

namespace OpenLedger.Engine.Models;

/// <summary>Typed access to the fields of a <c>config.json</c>, sizes bounded; what it leaves out comes from its family's defaults. Gives no field a meaning.</summary>
/// <param name="root">The file's object.</param>
/// <param name="defaults">What counts where the file has not even a null; none for nested objects.</param>
internal sealed class ConfigFields(JsonElement root, JsonElement? defaults = null)
{
    private const int LargestSize = 1 << 24;

    /// <summary>A size that must be there, from 1.</summary>
    public int Size(params ReadOnlySpan<string> names) => SizeOrNull(names) ?? throw new ModelException($"config.json has no {names[0]}");

    /// <summary>A size that may be missing or null; the first of the names that is there counts.</summary>
    public int? SizeOrNull(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Own(name) is { ValueKind: not JsonValueKind.Null } field) return SizeOf(name, field);
        }
        return Find(names[0]) is { } assumed ? SizeOf(names[0], assumed) : null;
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
    public ConfigFields? Object(string name, JsonElement? assumed = null) => Find(name) is { ValueKind: JsonValueKind.Object } field ? new ConfigFields(field, assumed) : null;

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

    /// <summary>Whether the file itself sets the field.</summary>
    public bool Has(string name) => Own(name) is { ValueKind: not JsonValueKind.Null };

    private JsonElement? Own(string name) => root.TryGetProperty(name, out JsonElement field) ? field : null;

    // A null in the file is its word; only a missing field is assumed.
    private JsonElement? Find(string name)
    {
        JsonElement? field = Own(name) ?? (defaults is { } assumed && assumed.TryGetProperty(name, out JsonElement usual) ? usual : null);
        return field is { ValueKind: not JsonValueKind.Null } ? field : null;
    }

    private static int SizeOf(string name, JsonElement field) =>
        field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out int size) && size is >= 0 and <= LargestSize ? size : throw Wrong(name, field, $"a whole number up to {LargestSize}");

    private static ModelException Wrong(string name, JsonElement field, string needed)
    {
        string found = field.GetRawText();
        return new ModelException($"config.json: {name} is {(found.Length <= 60 ? found : found[..60] + "...")}; {needed} is needed");
    }
}
