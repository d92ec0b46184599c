using System.Globalization;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>A recipe's lists as people type them: <c>0-3, 8</c> for layers, <c>down_proj = 4</c> a line for numbers by name. Knows no base.</summary>
internal static class AdapterText
{
    // More layers than any base has; a span of millions would only fill memory.
    private const int MostLayers = 1000;

    private const string Before = "What stood here before still counts.";

    public static string Of(IReadOnlyList<int>? layers)
    {
        List<string> spans = [];
        int[] sorted = [.. (layers ?? []).Distinct().Order()];
        for (int first = 0, last; first < sorted.Length; first = last + 1)
        {
            for (last = first; last + 1 < sorted.Length && sorted[last + 1] == sorted[last] + 1;) last++;
            spans.Add(first == last ? $"{sorted[first]}" : $"{sorted[first]}-{sorted[last]}");
        }
        return string.Join(", ", spans);
    }

    public static string Of<T>(IReadOnlyDictionary<string, T>? numbers) where T : IFormattable =>
        string.Join('\n', (numbers ?? new Dictionary<string, T>()).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} = {one.Value.ToString(null, CultureInfo.InvariantCulture)}"));

    /// <summary>Layer numbers; null for none.</summary>
    public static Typed<IReadOnlyList<int>> Layers(string text)
    {
        SortedSet<int> layers = [];
        foreach (string part in text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = part.Split('-');
            bool read = ends.Length <= 2 & TryLayer(ends[0], out int first) & TryLayer(ends[^1], out int last);
            if (!read || last < first) return new(null, $"'{part}' is neither a layer's number nor a span of them: write 0-3, 8. {Before}");
            layers.UnionWith(Enumerable.Range(first, last - first + 1));
        }
        return new(layers.Count > 0 ? [.. layers] : null, null);
    }

    /// <summary>Numbers by name or pattern; null for none.</summary>
    public static Typed<IReadOnlyDictionary<string, T>> Numbers<T>(string text) where T : struct, IParsable<T>
    {
        SortedDictionary<string, T> numbers = new(StringComparer.Ordinal);
        foreach (string line in text.Split(['\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int sign = line.LastIndexOf('=');   // a pattern may hold one itself
            string name = sign < 0 ? "" : line[..sign].Trim();
            if (name.Length == 0 || !T.TryParse(line[(sign + 1)..].Trim(), CultureInfo.InvariantCulture, out T number)) return new(null, $"'{line}' is no name with a number: write down_proj = 4, one a line. {Before}");
            if (!numbers.TryAdd(name, number)) return new(null, $"'{name}' stands here twice: leave one of the two. {Before}");
        }
        return new(numbers.Count > 0 ? numbers : null, null);
    }

    private static bool TryLayer(string text, out int layer) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out layer) && layer < MostLayers;
}

/// <summary>What was read from a text, or what is wrong with it.</summary>
internal sealed record Typed<T>(T? Value, string? Wrong) where T : class;
