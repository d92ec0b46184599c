using System.Globalization;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Reads the escapes of Oniguruma's dialect that stand for a character or a set of characters, inside a class and outside. Knows nothing of groups.</summary>
internal static class OnigurumaEscape
{
    /// <summary>The set that the escape at <paramref name="at"/> names, and moves behind it; null if it names none.</summary>
    public static CharacterSet? TakeSet(string source, ref int at, bool inClass)
    {
        char c = source[at + 1];
        CharacterSet? set = c switch
        {
            'p' or 'P' => TakeProperty(source, ref at),
            'h' or 'H' => UnicodeProperty.HexDigit,
            'd' or 'D' => UnicodeProperty.Digit,
            's' or 'S' => UnicodeProperty.Space,
            'w' or 'W' => inClass ? UnicodeProperty.OnigurumaClassWord : UnicodeProperty.OnigurumaWord,
            'N' => CharacterSet.Of('\n'),
            'O' => CharacterSet.Range(0, 0x10FFFF),
            _ => null,
        };
        if (set is null || c is 'p' or 'P') return set;
        at += 2;
        return c is 'H' or 'D' or 'S' or 'W' or 'N' ? set.Negate() : set;
    }

    /// <summary>The character that the escape at <paramref name="at"/> stands for, and moves behind it; null if it stands for none.</summary>
    public static int? TakeCodePoint(string source, ref int at)
    {
        char c = source[at + 1];
        int? point = c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'f' => '\f',
            'v' => '\v',
            'a' => '\a',
            'e' => 0x1B,
            _ => c is not ('x' or 'u') && !char.IsAsciiLetterOrDigit(c) && !char.IsSurrogate(c) ? c : null,
        };
        if (point is not null) { at += 2; return point; }
        return c switch
        {
            'x' => TakeHex(source, ref at, source.AsSpan(at + 2).StartsWith("{") ? source.IndexOf('}', at) - at - 3 : 2),
            'u' => TakeHex(source, ref at, 4),
            '0' => TakeOctal(source, ref at),
            _ => null,
        };
    }

    public static TokenizerException Unsupported(string source, int at, string what) => new($"the tokenizer's pattern '{source}' has {what} at position {at}, which is not supported");

    private static CharacterSet TakeProperty(string source, ref int at)
    {
        bool negated = source[at + 1] == 'P';
        int open = at + 2, end = open < source.Length && source[open] == '{' ? source.IndexOf('}', open) : -1;
        if (end < 0) throw Unsupported(source, at, "a property without braces");
        string name = source[(open + 1)..end];
        if (name.StartsWith('^')) (name, negated) = (name[1..], !negated);
        CharacterSet set = UnicodeProperty.Find(name) ?? throw Unsupported(source, at, $"the property '{name}'");
        at = end + 1;
        return negated ? set.Negate() : set;
    }

    private static int TakeHex(string source, ref int at, int length)
    {
        int start = at + 2 + (source.AsSpan(at + 2).StartsWith("{") ? 1 : 0);
        if (length < 1 || start + length > source.Length || !int.TryParse(source.AsSpan(start, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int point) || point is < 0 or > 0x10FFFF)
            throw Unsupported(source, at, "a broken character code");
        at = start + length + (start > at + 2 ? 1 : 0);
        return point;
    }

    private static int TakeOctal(string source, ref int at)
    {
        int value = 0, end = at + 2;
        for (; end < source.Length && end < at + 4 && source[end] is >= '0' and <= '7'; end++) value = value * 8 + source[end] - '0';
        at = end;
        return value;
    }
}
