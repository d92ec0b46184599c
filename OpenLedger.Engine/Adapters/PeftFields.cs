using System.Text.Json;

namespace OpenLedger.Engine.Adapters;

/// <summary>Typed access to the fields of an <c>adapter_config.json</c>, each refused by name when it is of the wrong kind. Gives no field a meaning.</summary>
internal sealed class PeftFields(JsonElement root)
{
    public string? Text(string name) => Find(name) is not { } field ? null
        : field.ValueKind == JsonValueKind.String ? field.GetString() : throw Wrong(name, field, "a text");

    /// <summary>A text; a true or false that stands in its place is none.</summary>
    public string? TextUnlessFlag(string name) => Find(name)?.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Text(name);

    /// <summary>Whole numbers, by themselves or as the one entry of an object, which then names what they are of.</summary>
    public (IReadOnlyList<int>? Numbers, string? Of) IntegersOf(string name)
    {
        if (Find(name) is not { ValueKind: JsonValueKind.Object } field) return (Integers(name), null);
        JsonProperty[] entries = [.. field.EnumerateObject()];
        return entries is [JsonProperty only] ? (new PeftFields(field).Integers(only.Name), only.Name) : throw Wrong(name, field, "a list of whole numbers, or one of the embedding");
    }

    public bool Flag(string name) => Find(name) is { } field && field.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, field, "true or false"),
    };

    public double? Number(string name) => Find(name) is { } field ? NumberOf(name, field) : null;

    public static double NumberOf(string name, JsonElement field) =>
        field.ValueKind == JsonValueKind.Number && field.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw Wrong(name, field, "a finite number");

    public int? Rank(string name) => Find(name) is { } field ? RankOf(name, field) : null;

    public static int RankOf(string name, JsonElement field) =>
        field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out int rank) && rank is > 0 and <= LoraConfig.MaxRank ? rank : throw Wrong(name, field, $"a whole number from 1 to {LoraConfig.MaxRank}");

    /// <summary>Whether a feature is switched on: neither missing, null, false nor empty.</summary>
    public bool IsSet(string name) => Find(name) is { } field && field.ValueKind switch
    {
        JsonValueKind.False => false,
        JsonValueKind.Array => field.GetArrayLength() > 0,
        JsonValueKind.Object => field.EnumerateObject().Any(),
        _ => true,
    };

    public (IReadOnlyList<string> Names, string? Pattern) NamesOrPattern(string name) =>
        Find(name) is { ValueKind: JsonValueKind.String } pattern ? ([], pattern.GetString()) : (NamesOrOne(name), null);

    public IReadOnlyList<string> NamesOrOne(string name)
    {
        if (Find(name) is not { } field) return [];
        if (field.ValueKind == JsonValueKind.String) return [field.GetString()!];
        if (field.ValueKind != JsonValueKind.Array) throw Wrong(name, field, "a list of names");
        return [.. field.EnumerateArray().Select(entry => entry.ValueKind == JsonValueKind.String ? entry.GetString()! : throw Wrong(name, entry, "a list of names"))];
    }

    public IReadOnlyList<int>? Integers(string name)
    {
        if (Find(name) is not { } field) return null;
        if (field.ValueKind == JsonValueKind.Number) return [IntegerOf(name, field)];
        if (field.ValueKind != JsonValueKind.Array) throw Wrong(name, field, "a list of whole numbers");
        return [.. field.EnumerateArray().Select(entry => IntegerOf(name, entry))];
    }

    public IReadOnlyList<KeyValuePair<string, T>> Pattern<T>(string name, Func<string, JsonElement, T> read)
    {
        if (Find(name) is not { } field) return [];
        if (field.ValueKind != JsonValueKind.Object) throw Wrong(name, field, "an object");
        return [.. field.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, read($"{name} '{entry.Name}'", entry.Value)))];
    }

    private static int IntegerOf(string name, JsonElement field) =>
        field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out int number) && number >= 0 ? number : throw Wrong(name, field, "whole numbers from 0");

    private JsonElement? Find(string name) => root.TryGetProperty(name, out JsonElement field) && field.ValueKind != JsonValueKind.Null ? field : null;

    private static AdapterException Wrong(string name, JsonElement field, string needed)
    {
        string found = field.GetRawText();
        return new AdapterException($"{name} is {(found.Length <= 60 ? found : found[..60] + "...")}; {needed} is needed");
    }
}
