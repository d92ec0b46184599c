using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Tensors;

/// <summary>Names of a GGUF model that lies in several files, as llama.cpp's gguf-split writes them. Opens none.</summary>
public static partial class GgufParts
{
    private const int Most = 999;

    /// <summary>Whether the file is a part of a set.</summary>
    public static bool IsPart(string name) => Part().IsMatch(name);

    /// <summary>Whether it is the first one, by which a set is opened.</summary>
    public static bool IsFirst(string name) => Part().Match(name) is { Success: true } part && Number(part, "number") == 1;

    /// <summary>The names of the whole set that the file belongs to, first part first; the name itself where there is no set.</summary>
    public static IReadOnlyList<string> Set(string name)
    {
        if (Part().Match(name) is not { Success: true } part || Number(part, "count") is not (> 0 and <= Most and var count)) return [name];
        return [.. Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"{part.Groups["stem"].Value}-{number:D5}-of-{count:D5}.gguf"))];
    }

    private static int Number(Match part, string group) => int.Parse(part.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A(?<stem>.+)-(?<number>[0-9]{5})-of-(?<count>[0-9]{5})\.gguf\z", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
