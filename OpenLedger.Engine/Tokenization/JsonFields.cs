using System.Text.Json;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Reads fields of a tokenizer.json node; a missing or mistyped one is refused by name.</summary>
internal static class JsonFields
{
    public static string Type(this JsonElement node) => node.Text("type");

    public static JsonElement? Child(this JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement Need(this JsonElement node, string name) => node.Child(name) ?? throw new TokenizerException($"the tokenizer lacks '{name}' in {Excerpt(node)}");

    public static string Text(this JsonElement node, string name) => node.Need(name).AsText(name);

    public static string? TextOrNull(this JsonElement node, string name) => node.Child(name)?.AsText(name);

    public static string AsText(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new TokenizerException($"the tokenizer's '{name}' should be a text, not {Excerpt(value)}");

    public static int Number(this JsonElement node, string name) => node.Need(name).AsNumber(name);

    public static int AsNumber(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= 0 ? number : throw new TokenizerException($"the tokenizer's '{name}' should be a whole number, not {Excerpt(value)}");

    public static bool Flag(this JsonElement node, string name, bool otherwise) => node.Child(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        JsonElement other => throw new TokenizerException($"the tokenizer's '{name}' should be true or false, not {Excerpt(other)}"),
    };

    public static IEnumerable<JsonElement> Items(this JsonElement node, string name) => node.Child(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        JsonElement other => throw new TokenizerException($"the tokenizer's '{name}' should be a list, not {Excerpt(other)}"),
    };

    public static TokenizerException Unknown(this JsonElement node, string what, string supported) =>
        new($"{what} of type '{node.Type()}' is not supported; supported are {supported}");

    private static string Excerpt(JsonElement value)
    {
        string raw = value.GetRawText();
        return raw.Length <= 80 ? raw : raw[..80] + "...";
    }
}
