using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace OpenLedger.Engine.Templates;

/// <summary>Turns .NET and JSON values into those a template knows; 1 and 1.0 stay apart.</summary>
internal static class TemplateValues
{
    private const int Deepest = 200;

    public static object? From(object? value) => From(value, 0);

    private static object? From(object? value, int depth) => depth > Deepest ? throw new TemplateException($"a value nests deeper than {Deepest} levels") : value switch
    {
        null or bool or string or double or BigInteger or PythonDictionary or List<object?> or Undefined => value,
        float number => (double)number,
        byte or sbyte or short or ushort or int or uint or long => new BigInteger(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        ulong number => new BigInteger(number),
        ChatTurn turn => Dictionary([new("role", turn.Role), new("content", turn.Content)], depth),
        JsonElement json => FromJson(json, depth),
        IEnumerable<KeyValuePair<string, object?>> pairs => Dictionary(pairs, depth),
        IEnumerable items => items.Cast<object?>().Select(item => From(item, depth + 1)).ToList(),
        _ => throw new TemplateException($"a template cannot be given a {value.GetType().Name}"),
    };

    private static PythonDictionary Dictionary(IEnumerable<KeyValuePair<string, object?>> pairs, int depth)
    {
        PythonDictionary dictionary = new();
        foreach ((string key, object? value) in pairs) dictionary.Set(key, From(value, depth + 1));
        return dictionary;
    }

    private static object? FromJson(JsonElement json, int depth) => json.ValueKind switch
    {
        JsonValueKind.Object => Dictionary(json.EnumerateObject().Select(property => new KeyValuePair<string, object?>(property.Name, property.Value)), depth),
        JsonValueKind.Array => json.EnumerateArray().Select(item => From(item, depth + 1)).ToList(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => FromNumber(json.GetRawText()),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null or JsonValueKind.Undefined => null,
    };

    private static object FromNumber(string digits) => digits.AsSpan().IndexOfAny(".eE") < 0 ? BigInteger.Parse(digits, CultureInfo.InvariantCulture) : double.Parse(digits, CultureInfo.InvariantCulture);
}
