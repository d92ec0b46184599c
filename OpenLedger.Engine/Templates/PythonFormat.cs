using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Templates;

/// <summary>Python's two ways to format: <c>'%s' % x</c> and <c>'{}'.format(x)</c>, with width, alignment and precision.</summary>
internal static partial class PythonFormat
{
    private const int LargestWidth = 10_000;

    [GeneratedRegex(@"%(?:\((?<key>[^)]*)\))?(?<flags>[-+ 0#]*)(?<width>\d+)?(?:\.(?<precision>\d+))?(?<kind>.)", RegexOptions.Singleline)]
    private static partial Regex PercentFields { get; }

    [GeneratedRegex(@"\{\{|\}\}|\{(?<name>[^{}!:]*)(?:!(?<conversion>[rsa]))?(?::(?<spec>[^{}]*))?\}")]
    private static partial Regex BraceFields { get; }

    [GeneratedRegex(@"^(?:(?<fill>.)?(?<align>[<>^]))?(?<sign>[-+ ])?(?<zero>0)?(?<width>\d+)?(?<comma>,)?(?:\.(?<precision>\d+))?(?<kind>[sdfgexX%])?$", RegexOptions.Singleline)]
    private static partial Regex Specification { get; }

    public static string Percent(string format, object? values)
    {
        IReadOnlyList<object?> items = values is PythonTuple tuple ? tuple.Items : [values];
        int used = 0;
        string text = PercentFields.Replace(format, match =>
        {
            if (match.Groups["kind"].Value == "%") return "%";
            object? value = match.Groups["key"].Success ? ByKey(values, match.Groups["key"].Value) : used < items.Count ? items[used++] : throw new TemplateException("not enough arguments for format string");
            return PercentField(match, value);
        });
        if (used < items.Count && values is not PythonDictionary) throw new TemplateException("not all arguments converted during string formatting");
        return text;
    }

    public static string Braces(string format, CallArguments arguments)
    {
        int next = 0;
        return BraceFields.Replace(format, match =>
        {
            if (match.Value is "{{" or "}}") return match.Value[..1];
            string name = match.Groups["name"].Value;
            object? value = name.Length == 0 ? arguments.Need(next++, "") : int.TryParse(name, out int place) ? arguments.Need(place, "") : arguments.Named.TryGetValue(name, out object? named) ? named : throw new TemplateException($"format has no value '{name}'");
            if (match.Groups["conversion"].Value == "r") value = Python.Repr(value);
            return match.Groups["spec"].Value is { Length: > 0 } specification ? Specified(specification, value) : Python.Text(value);
        });
    }

    private static object? ByKey(object? values, string key) =>
        values is PythonDictionary dictionary && dictionary.TryGet(key, out object? value) ? value : throw new TemplateException($"format has no value '{key}'");

    private static string PercentField(Match match, object? value)
    {
        int? precision = match.Groups["precision"].Success ? Width(match.Groups["precision"].Value) : null;
        string flags = match.Groups["flags"].Value;
        string text = match.Groups["kind"].Value switch
        {
            "s" => Cut(Python.Text(value), precision),
            "r" => Cut(Python.Repr(value), precision),
            "d" or "i" or "u" => Whole(value).ToString(CultureInfo.InvariantCulture),
            "f" or "F" => Real(value).ToString("F" + (precision ?? 6), CultureInfo.InvariantCulture),
            "x" => Whole(value).ToString("x", CultureInfo.InvariantCulture).TrimStart('0') is { Length: > 0 } hex ? hex : "0",
            string other => throw new TemplateException($"the format '%{other}' is not supported"),
        };
        if (flags.Contains('+', StringComparison.Ordinal) && match.Groups["kind"].Value is "d" or "i" or "f" && text[0] != '-') text = "+" + text;
        int width = match.Groups["width"].Success ? Width(match.Groups["width"].Value) : 0;
        return flags.Contains('-', StringComparison.Ordinal) ? text.PadRight(width) : flags.Contains('0', StringComparison.Ordinal) && match.Groups["kind"].Value is not ("s" or "r") ? text.PadLeft(width, '0') : text.PadLeft(width);
    }

    private static string Specified(string specification, object? value)
    {
        Match match = Specification.Match(specification);
        if (!match.Success) throw new TemplateException($"the format '{specification}' is not supported");
        int? precision = match.Groups["precision"].Success ? Width(match.Groups["precision"].Value) : null;
        bool number = value is BigInteger or double;
        string comma = match.Groups["comma"].Success ? "N" : "F";
        string text = match.Groups["kind"].Value switch
        {
            "f" => Real(value).ToString(comma + (precision ?? 6), CultureInfo.InvariantCulture),
            "%" => (Real(value) * 100).ToString("F" + (precision ?? 6), CultureInfo.InvariantCulture) + "%",
            "d" => Whole(value).ToString(comma == "N" ? "N0" : "D", CultureInfo.InvariantCulture),
            "x" => Whole(value).ToString("x", CultureInfo.InvariantCulture).TrimStart('0') is { Length: > 0 } hex ? hex : "0",
            "" or "s" => number && comma == "N" ? Real(value).ToString("N0", CultureInfo.InvariantCulture) : number ? Python.Text(value) : Cut(Python.Text(value), precision),
            string other => throw new TemplateException($"the format '{other}' is not supported"),
        };
        if (match.Groups["sign"].Value is "+" or " " && number && text[0] != '-') text = match.Groups["sign"].Value + text;
        return Align(text, match, number);
    }

    private static string Align(string text, Match match, bool number)
    {
        int width = match.Groups["width"].Success ? Width(match.Groups["width"].Value) : 0;
        int missing = Math.Max(0, width - PythonText.Length(text));
        bool zero = match.Groups["zero"].Success;
        char fill = match.Groups["fill"].Success ? match.Groups["fill"].Value[0] : zero ? '0' : ' ';
        int left = match.Groups["align"].Value switch { "<" => 0, ">" => missing, "^" => missing / 2, _ => number || zero ? missing : 0 };
        return new StringBuilder().Append(fill, left).Append(text).Append(fill, missing - left).ToString();
    }

    private static int Width(string digits) => int.TryParse(digits, out int width) && width <= LargestWidth ? width : throw new TemplateException($"the width {digits} is too large");

    private static string Cut(string text, int? precision) => precision is int length && PythonText.Length(text) > length ? string.Concat(PythonText.Characters(text).Take(length)) : text;

    private static BigInteger Whole(object? value) => value is double real ? new BigInteger(real) : Python.AsInteger(value) ?? throw new TemplateException($"a number is required, not {Python.TypeName(value)}");

    private static double Real(object? value) => Python.AsNumber(value) ?? throw new TemplateException($"a number is required, not {Python.TypeName(value)}");
}
