using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Templates;

/// <summary>Jinja2's filters for single values; those that go through lists are in <see cref="ListFilters"/>.</summary>
internal static partial class Filters
{
    [GeneratedRegex(@"([-\s({\[<]+)")]
    private static partial Regex WordBeginnings { get; }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words { get; }

    private static readonly HashSet<string> Known =
    [
        "abs", "attr", "capitalize", "center", "count", "d", "default", "e", "escape", "float", "forceescape", "format", "indent", "int", "length", "list", "lower", "replace", "reverse", "round", "safe",
        "string", "title", "tojson", "trim", "truncate", "upper", "urlencode", "wordcount", "items", "join",
    ];

    public static bool IsKnown(string name) => Known.Contains(name) || ListFilters.IsKnown(name);

    public static object? Apply(string name, object? value, CallArguments arguments, TemplateRun run) => name switch
    {
        "abs" => Absolute(value),
        "attr" => Members.Attribute(value is PythonDictionary ? new List<object?>() : value, arguments.Text(0, "name", ""), run),
        "capitalize" => TextMethods.Capitalize(Python.Text(value)),
        "center" => Method(value, "center", arguments.Items.Count + arguments.Named.Count == 0 ? new CallArguments([new BigInteger(80)], arguments.Named) : arguments, run),
        "count" or "length" => new BigInteger(Python.Length(value)),
        "d" or "default" => value is Undefined || (arguments.Flag(1, "boolean", false) && !Python.IsTrue(value)) ? arguments.Get(0, "default_value", "") : value,
        "e" or "escape" or "forceescape" => Escape(Python.Text(value)),
        "float" => Float(value, arguments.Get(0, "default", 0.0)),
        "format" => PythonFormat.Percent(Python.Text(value), arguments.Named.Count == 0 ? new PythonTuple(arguments.Items) : TemplateGlobals.Dictionary(arguments)),
        "indent" => Indent(Python.Text(value), arguments, run),
        "int" => Integer(value, arguments),
        "items" => value is Undefined ? new PythonIterator("generator", []) : value is PythonDictionary dictionary ? new PythonIterator("generator", [.. dictionary.Items]) : throw new TemplateException("Can only get item pairs from a mapping."),
        "join" => Join(value, arguments, run),
        "list" => Python.Iterate(value).ToList(),
        "lower" => TextMethods.Lower(Python.Text(value)),
        "replace" => TextMethods.Replace(Python.Text(value), Python.Text(arguments.Need(0, "old")), Python.Text(arguments.Need(1, "new")), arguments.Get(2, "count") is null ? -1 : arguments.Integer(2, "count", -1), run),
        "reverse" => value is string text ? string.Concat(PythonText.Characters(text).AsEnumerable().Reverse()) : new PythonIterator("list_reverseiterator", [.. Python.Iterate(value).Reverse()]),
        "round" => Round(value, arguments),
        "safe" or "string" => Python.Text(value),
        "title" => string.Concat(WordBeginnings.Split(Python.Text(value)).Select(TextMethods.Capitalize)),
        "tojson" => PythonJson.Write(value, arguments, run),
        "trim" => TextMethods.Strip(Python.Text(value), arguments.Get(0, "chars"), true, true),
        "truncate" => Truncate(Python.Text(value), arguments),
        "upper" => TextMethods.Upper(Python.Text(value)),
        "urlencode" => UrlEncode(value),
        "wordcount" => new BigInteger(Words.Count(Python.Text(value))),
        _ => ListFilters.Apply(name, value, arguments, run),
    };

    private static object? Method(object? value, string name, CallArguments arguments, TemplateRun run) => TextMethods.Find(Python.Text(value), name, run)!.Call(arguments);

    private static object Absolute(object? value) => value switch
    {
        double number => Math.Abs(number),
        Undefined undefined => throw undefined.Error(),
        _ => Python.AsInteger(value) is BigInteger number ? BigInteger.Abs(number) : throw new TemplateException($"bad operand type for abs(): '{Python.TypeName(value)}'"),
    };

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal).Replace("\"", "&#34;", StringComparison.Ordinal);

    private static object? Float(object? value, object? otherwise) => value switch
    {
        Undefined undefined => throw undefined.Error(),
        string text when text.Trim().TrimStart('+', '-').ToUpperInvariant() is "INF" or "INFINITY" => text.Contains('-', StringComparison.Ordinal) ? double.NegativeInfinity : double.PositiveInfinity,
        string text => double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : otherwise,
        _ => Python.AsNumber(value) ?? otherwise,
    };

    private static object? Integer(object? value, CallArguments arguments)
    {
        object? otherwise = arguments.Get(0, "default", BigInteger.Zero);
        int radix = arguments.Integer(1, "base", 10);
        return value switch
        {
            Undefined undefined => throw undefined.Error(),
            string text when radix != 10 => PythonNumbers.Parse(text, radix) ?? otherwise,
            string text => text.Length <= PythonNumbers.MostDigits && BigInteger.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger whole) ? whole
                : double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real) ? new BigInteger(real) : otherwise,
            double number => double.IsFinite(number) ? new BigInteger(number) : otherwise,
            _ => Python.AsInteger(value) ?? otherwise,
        };
    }

    private static string Indent(string text, CallArguments arguments, TemplateRun run)
    {
        string space = arguments.Get(0, "width") is string given ? given : new string(' ', Math.Clamp(arguments.Integer(0, "width", 4), 0, 1000));
        bool first = arguments.Flag(1, "first", false), blank = arguments.Flag(2, "blank", false);
        List<object?> lines = TextMethods.SplitLines(text + "\n", false);
        run.Check(text.Length + (long)space.Length * lines.Count);
        IEnumerable<string> indented = lines.Select((line, i) => i == 0 || (!blank && ((string)line!).Length == 0) ? (string)line! : space + line);
        return (first ? space : "") + string.Join('\n', indented);
    }

    private static string Join(object? value, CallArguments arguments, TemplateRun run)
    {
        IEnumerable<object?> items = Python.Iterate(value);
        if (arguments.Get(1, "attribute") is object attribute) items = items.Select(item => ListFilters.Path(item, attribute, run));
        List<string> parts = [.. items.Select(Python.Text)];
        string between = Python.Text(arguments.Get(0, "d", ""));
        run.Check(parts.Sum(part => (long)part.Length) + (long)between.Length * parts.Count);
        return string.Join(between, parts);
    }

    private static object Round(object? value, CallArguments arguments)
    {
        int digits = Math.Clamp(arguments.Integer(0, "precision", 0), -300, 300);
        double number = Python.AsNumber(value) ?? throw new TemplateException($"type {Python.TypeName(value)} doesn't define __round__ method");
        double scale = Math.Pow(10, digits);
        return arguments.Text(1, "method", "common") switch
        {
            "ceil" => Math.Ceiling(number * scale) / scale,
            "floor" => Math.Floor(number * scale) / scale,
            "common" when Python.AsInteger(value) is BigInteger whole && digits >= 0 => whole,
            "common" => RoundHalfEven(number, digits),
            string other => throw new TemplateException($"method must be common, ceil or floor, not '{other}'"),
        };
    }

    // Python rounds the exact binary value; .NET's fixed format does too, but not half to even where a half is exact.
    private static double RoundHalfEven(double number, int digits)
    {
        if (digits <= 0 || Math.Abs(number * Math.Pow(10, digits)) % 1 == 0.5) return Math.Round(number * Math.Pow(10, digits), MidpointRounding.ToEven) / Math.Pow(10, digits);
        return double.Parse(number.ToString("F" + digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static string Truncate(string text, CallArguments arguments)
    {
        int length = arguments.Integer(0, "length", 255), leeway = arguments.Get(3, "leeway") is null ? 5 : arguments.Integer(3, "leeway", 5);
        string end = arguments.Text(2, "end", "...");
        List<object?> characters = PythonText.Characters(text);
        if (characters.Count <= length + leeway) return text;
        string head = string.Concat(characters.Take(Math.Max(0, length - PythonText.Length(end))));
        if (!arguments.Flag(1, "killwords", false) && head.LastIndexOf(' ') is int space and >= 0) head = head[..space];
        return head + end;
    }

    private static string UrlEncode(object? value) => value switch
    {
        string text => Quote(text),
        PythonDictionary dictionary => string.Join('&', dictionary.Items.Select(Pair)),
        List<object?> list => string.Join('&', list.Select(item => Pair(item as PythonTuple ?? new PythonTuple(Python.Iterate(item))))),
        _ => Quote(Python.Text(value)),
    };

    private static string Pair(PythonTuple pair) => $"{QuotePlus(Python.Text(pair.Items[0]))}={QuotePlus(Python.Text(pair.Items[1]))}";

    private static string QuotePlus(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static string Quote(string text) => string.Join('/', text.Split('/').Select(Uri.EscapeDataString));
}
