using System.Text.Json;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>The cells of one JSON object: text as it is, a number or a list as its JSON, a null as no cell. Knows nothing of files.</summary>
internal static class JsonCells
{
    /// <exception cref="JsonException">No object, or a text with half a surrogate pair.</exception>
    public static IReadOnlyDictionary<string, string> Of(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new JsonException($"an object in braces is needed, this is {NameOf(element.ValueKind)}");
        Dictionary<string, string> cells = [];
        try
        {
            foreach (JsonProperty property in element.EnumerateObject())
                if (TextOf(property.Value) is string text) cells[property.Name] = text;
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("a text in it holds half a surrogate pair");
        }
        return cells;
    }

    /// <returns>The text of a cell; null for JSON's null.</returns>
    /// <exception cref="InvalidOperationException">It holds half a surrogate pair.</exception>
    public static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
    };

    private static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a yes or no",
        JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Undefined => "nothing",
    };
}
