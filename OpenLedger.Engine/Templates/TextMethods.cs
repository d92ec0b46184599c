using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Templates;

/// <summary>Python's methods of text, as far as templates use them.</summary>
internal static partial class TextMethods
{
    /// <summary>The method bound to a text; null if there is none of that name.</summary>
    public static TemplateFunction? Find(string text, string name, TemplateRun run) => Body(text, name, run) is Func<CallArguments, object?> body ? new TemplateFunction(name, body) : null;

    private static Func<CallArguments, object?>? Body(string text, string name, TemplateRun run) => name switch
    {
        "upper" => _ => Upper(text),
        "lower" => _ => Lower(text),
        "casefold" => _ => text.ToLowerInvariant().Replace("ß", "ss", StringComparison.Ordinal).Replace('ς', 'σ'),
        "title" => _ => Title(text),
        "capitalize" => _ => Capitalize(text),
        "swapcase" => _ => string.Concat(text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c))),
        "strip" => arguments => Strip(text, arguments.Get(0, "chars"), true, true),
        "lstrip" => arguments => Strip(text, arguments.Get(0, "chars"), true, false),
        "rstrip" => arguments => Strip(text, arguments.Get(0, "chars"), false, true),
        "startswith" => arguments => Within(text, arguments) is { Part: string part } && Affixes(arguments).Any(affix => part.StartsWith(affix, StringComparison.Ordinal)),
        "endswith" => arguments => Within(text, arguments) is { Part: string part } && Affixes(arguments).Any(affix => part.EndsWith(affix, StringComparison.Ordinal)),
        "removeprefix" => arguments => arguments.Text(0, "prefix", "") is string prefix && prefix.Length > 0 && text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text,
        "removesuffix" => arguments => arguments.Text(0, "suffix", "") is string suffix && suffix.Length > 0 && text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text,
        "replace" => arguments => Replace(text, arguments.Text(0, "old", ""), arguments.Text(1, "new", ""), arguments.Integer(2, "count", -1), run),
        "split" => arguments => Split(text, arguments.Get(0, "sep"), arguments.Integer(1, "maxsplit", -1), false),
        "rsplit" => arguments => Split(text, arguments.Get(0, "sep"), arguments.Integer(1, "maxsplit", -1), true),
        "splitlines" => arguments => SplitLines(text, arguments.Flag(0, "keepends", false)),
        "partition" => arguments => Partition(text, arguments.Text(0, "sep", ""), text.IndexOf(arguments.Text(0, "sep", ""), StringComparison.Ordinal), false),
        "rpartition" => arguments => Partition(text, arguments.Text(0, "sep", ""), text.LastIndexOf(arguments.Text(0, "sep", ""), StringComparison.Ordinal), true),
        "join" => arguments => Join(text, arguments.Need(0, "iterable"), run),
        "find" => arguments => Find(text, arguments, fromRight: false),
        "rfind" => arguments => Find(text, arguments, fromRight: true),
        "index" => arguments => Index(text, arguments, fromRight: false),
        "rindex" => arguments => Index(text, arguments, fromRight: true),
        "count" => arguments => new BigInteger(Within(text, arguments) is { Part: string part } ? Count(part, arguments.Text(0, "sub", "")) : 0),
        "expandtabs" => arguments => ExpandTabs(text, arguments.Integer(0, "tabsize", 8), run),
        "format" => arguments => PythonFormat.Braces(text, arguments, run),
        "isdigit" => _ => text.Length > 0 && text.EnumerateRunes().All(rune => Rune.IsDigit(rune) || rune.Value is 0xB2 or 0xB3 or 0xB9),
        "isdecimal" => _ => text.Length > 0 && text.EnumerateRunes().All(Rune.IsDigit),
        "isnumeric" => _ => text.Length > 0 && text.EnumerateRunes().All(Rune.IsNumber),
        "isalpha" => _ => text.Length > 0 && text.EnumerateRunes().All(Rune.IsLetter),
        "isalnum" => _ => text.Length > 0 && text.EnumerateRunes().All(rune => Rune.IsLetter(rune) || Rune.IsNumber(rune)),
        "isspace" => _ => text.Length > 0 && text.All(PythonText.IsWhiteSpace),
        "isascii" => _ => text.All(char.IsAscii),
        "isupper" => _ => text.Any(char.IsUpper) && !text.Any(char.IsLower),
        "islower" => _ => text.Any(char.IsLower) && !text.Any(char.IsUpper),
        "ljust" => arguments => Pad(text, arguments, run, static (_, missing) => (0, missing)),
        "rjust" => arguments => Pad(text, arguments, run, static (_, missing) => (missing, 0)),
        "center" => arguments => Pad(text, arguments, run, static (width, missing) => (missing / 2 + (missing & width & 1), missing - missing / 2 - (missing & width & 1))),
        "zfill" => arguments => ZeroFill(text, arguments.Integer(0, "width", 0), run),
        _ => null,
    };

    public static string Upper(string text) => text.Replace("ß", "SS", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Lower case; a sigma that ends a word is the final one (SpecialCasing.txt, Final_Sigma).</summary>
    public static string Lower(string text)
    {
        string dotted = text.Replace("\u0130", "i\u0307", StringComparison.Ordinal);
        return (dotted.Contains('Σ', StringComparison.Ordinal) ? CapitalFinalSigma.Replace(dotted, "ς") : dotted).ToLowerInvariant();
    }

    [GeneratedRegex(@"(?<=\p{L}[\p{M}'.:]*)Σ(?![\p{M}'.:]*\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex CapitalFinalSigma { get; }

    public static string Capitalize(string text)
    {
        if (text.Length == 0) return text;
        int first = char.IsHighSurrogate(text[0]) && text.Length > 1 ? 2 : 1;
        return Upper(text[..first]) + Lower(text[first..]);
    }

    // A word begins after anything that is no letter.
    private static string Title(string text)
    {
        StringBuilder output = new(text.Length);
        bool inWord = false;
        foreach (char unit in text)
        {
            output.Append(inWord ? char.ToLowerInvariant(unit) : char.ToUpperInvariant(unit));
            inWord = char.IsLetter(unit) || char.IsSurrogate(unit);
        }
        return output.ToString();
    }

    public static string Strip(string text, object? characters, bool left, bool right)
    {
        string set = characters switch { null => PythonText.WhiteSpace, string given => given, _ => throw new TemplateException("strip arg must be None or str") };
        if (set.Length == 0) return text;
        ReadOnlySpan<char> span = text;
        if (left) span = span.TrimStart(set);
        if (right) span = span.TrimEnd(set);
        return span.ToString();
    }

    public static string Replace(string text, string old, string fresh, int count, TemplateRun run)
    {
        if (count == 0) return text;
        if (old.Length == 0) return InsertBetween(text, fresh, count, run);
        int found = Count(text, old);
        if (count > 0) found = Math.Min(found, count);
        run.Check(text.Length + (long)found * (fresh.Length - old.Length));
        if (count < 0) return text.Replace(old, fresh, StringComparison.Ordinal);
        StringBuilder output = new();
        int at = 0;
        for (; found > 0; found--)
        {
            int next = text.IndexOf(old, at, StringComparison.Ordinal);
            output.Append(text, at, next - at).Append(fresh);
            at = next + old.Length;
        }
        return output.Append(text, at, text.Length - at).ToString();
    }

    private static string InsertBetween(string text, string fresh, int count, TemplateRun run)
    {
        run.Check(text.Length + ((long)text.Length + 1) * fresh.Length);
        StringBuilder output = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (count != 0) { output.Append(fresh); count--; }
            output.Append(rune);
        }
        return (count != 0 ? output.Append(fresh) : output).ToString();
    }

    private static int Count(string text, string part)
    {
        if (part.Length == 0) return PythonText.Length(text) + 1;
        int count = 0;
        for (int at = 0; (at = text.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at += part.Length) count++;
        return count;
    }

    private static List<object?> Split(string text, object? separator, int most, bool fromRight)
    {
        List<string> parts = separator switch
        {
            null => SplitSpace(text, most, fromRight),
            string { Length: > 0 } sign => SplitAt(text, sign, most, fromRight),
            string => throw new TemplateException("empty separator"),
            _ => throw new TemplateException("must be str or None, not " + Python.TypeName(separator)),
        };
        return [.. parts];
    }

    private static List<string> SplitAt(string text, string sign, int most, bool fromRight)
    {
        List<string> parts = [.. text.Split(sign)];
        if (most < 0 || parts.Count <= most + 1) return parts;
        return fromRight
            ? [string.Join(sign, parts.Take(parts.Count - most)), .. parts.Skip(parts.Count - most)]
            : [.. parts.Take(most), string.Join(sign, parts.Skip(most))];
    }

    private static List<string> SplitSpace(string text, int most, bool fromRight)
    {
        List<(int Start, int End)> words = [];
        for (int i = 0; i < text.Length;)
        {
            if (PythonText.IsWhiteSpace(text[i])) { i++; continue; }
            int start = i;
            while (i < text.Length && !PythonText.IsWhiteSpace(text[i])) i++;
            words.Add((start, i));
        }
        if (most < 0 || words.Count <= most) return words.ConvertAll(word => text[word.Start..word.End]);
        if (fromRight)
        {
            int kept = words.Count - most;
            return [.. kept == 0 ? [] : new[] { text[..words[kept - 1].End].TrimStart(PythonText.WhiteSpace.ToCharArray()) }, .. words.Skip(kept).Select(word => text[word.Start..word.End])];
        }
        return [.. words.Take(most).Select(word => text[word.Start..word.End]), text[words[most].Start..].TrimEnd(PythonText.WhiteSpace.ToCharArray())];
    }

    /// <summary>Python's <c>splitlines</c>, with all its line ends.</summary>
    public static List<object?> SplitLines(string text, bool keepEnds)
    {
        List<object?> lines = [];
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\n' or '\r' or '\v' or '\f' or '\u001C' or '\u001D' or '\u001E' or '\u0085' or '\u2028' or '\u2029')) continue;
            int end = text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? i + 2 : i + 1;
            lines.Add(text[start..(keepEnds ? end : i)]);
            start = end;
            i = end - 1;
        }
        if (start < text.Length) lines.Add(text[start..]);
        return lines;
    }

    private static PythonTuple Partition(string text, string sign, int at, bool fromRight) =>
        at >= 0 ? new([text[..at], sign, text[(at + sign.Length)..]]) : fromRight ? new(["", "", text]) : new([text, "", ""]);

    public static string Join(string between, object? items, TemplateRun run)
    {
        List<string> parts = [.. Python.Iterate(items).Select(item => item as string ?? throw new TemplateException($"sequence item: expected str instance, {Python.TypeName(item)} found"))];
        run.Check(parts.Sum(part => (long)part.Length) + (long)between.Length * parts.Count);
        return string.Join(between, parts);
    }

    private static IEnumerable<string> Affixes(CallArguments arguments) => arguments.Need(0, "prefix") switch
    {
        string one => [one],
        PythonTuple tuple => tuple.Items.Select(item => item as string ?? throw new TemplateException("a tuple of str is needed")),
        var other => throw new TemplateException($"first arg must be str or a tuple of str, not {Python.TypeName(other)}"),
    };

    // The part between the second and third argument, counted in code points, and where it begins; no part where the start lies behind the text.
    private static (string? Part, int Start) Within(string text, CallArguments arguments)
    {
        int length = PythonText.Length(text);
        int start = Bound(arguments.Get(1, "start"), 0, length), end = Math.Min(Bound(arguments.Get(2, "end"), length, length), length);
        if (start > length || end < start) return (null, start);
        return start == 0 && end == length ? (text, 0) : (string.Concat(PythonText.Characters(text).Skip(start).Take(end - start)), start);
    }

    private static int Bound(object? bound, int otherwise, int length) => bound is null ? otherwise
        : Python.AsInteger(bound) is BigInteger place ? (int)BigInteger.Min(BigInteger.Max(place < 0 ? place + length : place, 0), int.MaxValue)
        : throw new TemplateException("slice indices must be integers or None or have an __index__ method");

    private static BigInteger Find(string text, CallArguments arguments, bool fromRight)
    {
        string sought = arguments.Need(0, "sub") as string ?? throw new TemplateException($"must be str, not {Python.TypeName(arguments.Items[0])}");
        (string? part, int start) = Within(text, arguments);
        if (part is null) return BigInteger.MinusOne;
        int at = fromRight ? part.LastIndexOf(sought, StringComparison.Ordinal) : part.IndexOf(sought, StringComparison.Ordinal);
        return at < 0 ? BigInteger.MinusOne : PointIndex(part, at) + start;
    }

    private static BigInteger Index(string text, CallArguments arguments, bool fromRight) =>
        Find(text, arguments, fromRight) is var at && at >= 0 ? at : throw new TemplateException("substring not found");

    private static string ExpandTabs(string text, int size, TemplateRun run)
    {
        StringBuilder output = new();
        int column = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int width = rune.Value != '\t' ? 1 : size > 0 ? size - column % size : 0;
            run.Check(output.Length + (long)width);
            if (rune.Value == '\t') output.Append(' ', width);
            else output.Append(rune);
            column = rune.Value is '\n' or '\r' ? 0 : column + width;
        }
        return output.ToString();
    }

    private static BigInteger PointIndex(string text, int unit) => unit <= 0 ? unit : PythonText.Length(text[..unit]);

    private static string Pad(string text, CallArguments arguments, TemplateRun run, Func<int, int, (int Left, int Right)> share)
    {
        int width = arguments.Integer(0, "width", 0), missing = width - PythonText.Length(text);
        string fill = arguments.Text(1, "fillchar", " ");
        if (PythonText.Length(fill) != 1) throw new TemplateException("the fill character must be exactly one character long");
        if (missing <= 0) return text;
        run.Check(width);
        (int left, int right) = share(width, missing);
        return string.Concat(Enumerable.Repeat(fill, left)) + text + string.Concat(Enumerable.Repeat(fill, right));
    }

    private static string ZeroFill(string text, int width, TemplateRun run)
    {
        run.Check(width);
        return text.Length > 0 && text[0] is '-' or '+' ? text[0] + text[1..].PadLeft(width - 1, '0') : text.PadLeft(Math.Max(0, width), '0');
    }
}
