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

    [GeneratedRegex(@"\{\{|\}\}|\{(?<name>[^{}!:.\[]*)(?<path>(?:\.[^{}!:.\[]+|\[[^\]{}]+\])*)(?:!(?<conversion>[rsa]))?(?::(?<spec>[^{}]*))?\}|[{}]")]
    private static partial Regex BraceFields { get; }

    [GeneratedRegex(@"^(?:(?<fill>.)?(?<align>[<>^]))?(?<sign>[-+ ])?(?<hash>#)?(?<zero>0)?(?<width>\d+)?(?<comma>[,_])?(?:\.(?<precision>\d+))?(?<kind>[sdfFgGeExXobc%])?$", RegexOptions.Singleline)]
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

    public static string Braces(string format, CallArguments arguments, TemplateRun run)
    {
        int next = 0;
        return BraceFields.Replace(format, match =>
        {
            if (match.Value is "{{" or "}}") return match.Value[..1];
            if (match.Length == 1) throw new TemplateException($"Single '{match.Value}' encountered in format string");
            string name = match.Groups["name"].Value;
            object? value = name.Length == 0 ? Placed(arguments, next++) : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int place) ? Placed(arguments, place) : arguments.Named.TryGetValue(name, out object? named) ? named : throw new TemplateException($"format has no value '{name}'");
            value = Along(value, match.Groups["path"].Value, run);
            if (match.Groups["conversion"].Value is "r" or "a") value = match.Groups["conversion"].Value == "r" ? Python.Repr(value) : Ascii(value);
            return match.Groups["spec"].Value is { Length: > 0 } specification ? Specified(specification, value) : Python.Text(value);
        });
    }

    private static object? Placed(CallArguments arguments, int place) =>
        place < arguments.Items.Count ? arguments.Items[place] : throw new TemplateException($"Replacement index {place} out of range for positional args tuple");

    [GeneratedRegex(@"\.(?<member>[^.\[]+)|\[(?<item>[^\]]+)\]")]
    private static partial Regex PathSteps { get; }

    private static object? Along(object? value, string path, TemplateRun run)
    {
        foreach (Match step in PathSteps.Matches(path))
        {
            string item = step.Groups["item"].Value;
            value = step.Groups["member"].Success ? Members.Attribute(value, step.Groups["member"].Value, run)
                : Members.Item(value, int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? new BigInteger(index) : item, run);
        }
        return value;
    }

    // Python's ascii(): the repr with everything beyond ASCII escaped.
    private static string Ascii(object? value) => string.Concat(Python.Repr(value).EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : rune.Value <= 0xFF ? $"\\x{rune.Value:x2}" : rune.IsBmp ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}"));

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
            "a" => Cut(Ascii(value), precision),
            "c" => Character(value),
            "x" or "X" or "o" when value is double => throw new TemplateException($"%{match.Groups["kind"].Value} format: an integer is required, not float"),
            "x" or "X" or "o" => InBase(Whole(value), match.Groups["kind"].Value, flags.Contains('#', StringComparison.Ordinal)),
            "e" or "E" or "g" or "G" => Scientific(Real(value), match.Groups["kind"].Value, precision ?? 6),
            string other => throw new TemplateException($"unsupported format character '{other}'"),
        };
        if (flags.Contains('+', StringComparison.Ordinal) && match.Groups["kind"].Value is not ("s" or "r" or "a" or "c") && text[0] != '-') text = "+" + text;
        int width = match.Groups["width"].Success ? Width(match.Groups["width"].Value) : 0;
        return flags.Contains('-', StringComparison.Ordinal) ? text.PadRight(width) : flags.Contains('0', StringComparison.Ordinal) && match.Groups["kind"].Value is not ("s" or "r" or "a" or "c") ? ZeroPad(text, width) : text.PadLeft(width);
    }

    private static string Specified(string specification, object? value)
    {
        Match match = Specification.Match(specification);
        if (!match.Success) throw new TemplateException($"the format '{specification}' is not supported");
        int? precision = match.Groups["precision"].Success ? Width(match.Groups["precision"].Value) : null;
        bool number = value is BigInteger or double;
        string kind = match.Groups["kind"].Value;
        string text = kind switch
        {
            "f" or "F" => Real(value).ToString("F" + (precision ?? 6), CultureInfo.InvariantCulture),
            "%" => (Real(value) * 100).ToString("F" + (precision ?? 6), CultureInfo.InvariantCulture) + "%",
            "e" or "E" or "g" or "G" => Scientific(Real(value), kind, precision ?? 6),
            "d" or "x" or "X" or "o" or "b" or "c" when Python.AsInteger(value) is null => throw new TemplateException($"Unknown format code '{kind}' for object of type '{Python.TypeName(value)}'"),
            "d" => Whole(value).ToString(CultureInfo.InvariantCulture),
            "x" or "X" or "o" or "b" => InBase(Whole(value), kind, match.Groups["hash"].Success),
            "c" => Character(value),
            "s" when number => throw new TemplateException($"Unknown format code 's' for object of type '{Python.TypeName(value)}'"),
            _ when value is double real && precision is int digits => Scientific(real, "g", digits) is string rounded && rounded.AsSpan().IndexOfAny(".en") < 0 ? rounded + ".0" : Scientific(real, "g", digits),
            _ => number ? Python.Text(value) : Cut(Python.Text(value), precision),
        };
        if (match.Groups["comma"].Success && number) text = Grouped(text, match.Groups["comma"].Value);
        if (match.Groups["sign"].Value is "+" or " " && number && text[0] != '-') text = match.Groups["sign"].Value + text;
        return Align(text, match, number);
    }

    private static string Align(string text, Match match, bool number)
    {
        int width = match.Groups["width"].Success ? Width(match.Groups["width"].Value) : 0;
        int missing = Math.Max(0, width - PythonText.Length(text));
        bool zero = match.Groups["zero"].Success;
        char fill = match.Groups["fill"].Success ? match.Groups["fill"].Value[0] : zero ? '0' : ' ';
        if (number && fill == '0' && match.Groups["align"].Length == 0) return ZeroPad(text, width);
        int left = match.Groups["align"].Value switch { "<" => 0, ">" => missing, "^" => missing / 2, _ => number || zero ? missing : 0 };
        return new StringBuilder().Append(fill, left).Append(text).Append(fill, missing - left).ToString();
    }

    private static string ZeroPad(string text, int width) => text.Length > 0 && text[0] is '-' or '+' ? text[..1] + text[1..].PadLeft(Math.Max(0, width - 1), '0') : text.PadLeft(width, '0');

    private static string Grouped(string text, string sign)
    {
        int start = text.StartsWith('-') ? 1 : 0, end = text.AsSpan(start).IndexOfAnyExceptInRange('0', '9') is int at and >= 0 ? start + at : text.Length;
        StringBuilder output = new(text);
        for (int place = end - 3; place > start; place -= 3) output.Insert(place, sign);
        return output.ToString();
    }

    private static string InBase(BigInteger value, string kind, bool prefixed)
    {
        int radix = kind switch { "o" => 8, "b" => 2, _ => 16 };
        StringBuilder digits = new();
        for (BigInteger rest = BigInteger.Abs(value); !rest.IsZero || digits.Length == 0; rest /= radix) digits.Insert(0, "0123456789abcdef"[(int)(rest % radix)]);
        string text = (value.Sign < 0 ? "-" : "") + (prefixed ? "0" + kind.ToLowerInvariant() : "") + digits;
        return kind == "X" ? text.ToUpperInvariant() : text;
    }

    // C's %e and %g: an exponent of two digits or more; %g drops zeros at the end and writes an exponent only below 1e-4 or where the digits do not reach.
    private static string Scientific(double number, string kind, int precision)
    {
        bool general = kind is "g" or "G";
        if (general && precision == 0) precision = 1;
        if (!double.IsFinite(number)) return PythonNumbers.Repr(number);
        string[] parts = number.ToString("e" + (general ? precision - 1 : precision), CultureInfo.InvariantCulture).Split('e'); // with an exponent of three digits
        int exponent = int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string text = $"{(general ? Trimmed(parts[0]) : parts[0])}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        if (general && exponent >= -4 && exponent < precision) text = Trimmed(number.ToString("F" + (precision - 1 - exponent), CultureInfo.InvariantCulture));
        return kind is "E" or "G" ? text.ToUpperInvariant() : text;
    }

    private static string Trimmed(string text) => text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;

    private static int Width(string digits) => int.TryParse(digits, out int width) && width <= LargestWidth ? width : throw new TemplateException($"the width {digits} is too large");

    private static string Cut(string text, int? precision) => precision is int length && PythonText.Length(text) > length ? string.Concat(PythonText.Characters(text).Take(length)) : text;

    private static string Character(object? value) => value switch
    {
        string text when PythonText.Length(text) == 1 => text,
        _ => Python.AsInteger(value) is BigInteger point && point >= 0 && point <= 0x10FFFF && Rune.IsValid((int)point) ? ((Rune)(int)point).ToString() : throw new TemplateException($"%c requires an int that is a character or a single character, not {Python.TypeName(value)}"),
    };

    private static BigInteger Whole(object? value) => value is double real && double.IsFinite(real) ? new BigInteger(real) : Python.AsInteger(value) ?? throw new TemplateException($"a number is required, not {Python.TypeName(value)}");

    private static double Real(object? value) => Python.AsNumber(value) ?? throw new TemplateException($"a number is required, not {Python.TypeName(value)}");
}
