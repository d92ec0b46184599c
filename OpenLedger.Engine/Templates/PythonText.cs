using System.Globalization;
using System.Text;

namespace OpenLedger.Engine.Templates;

/// <summary>Python's view of text: code points, its white space, its escapes and its repr.</summary>
internal static class PythonText
{
    /// <summary>What <c>str.strip()</c> takes away: Unicode white space and U+001C to U+001F.</summary>
    public const string WhiteSpace = "\t\n\v\f\r\u001C\u001D\u001E\u001F \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    public static bool IsWhiteSpace(char unit) => WhiteSpace.Contains(unit, StringComparison.Ordinal);

    public static bool HasPairs(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;

    /// <summary>Length in code points.</summary>
    public static int Length(string text)
    {
        if (!HasPairs(text)) return text.Length;
        int count = 0;
        foreach (Rune _ in text.EnumerateRunes()) count++;
        return count;
    }

    /// <summary>Each code point as a text.</summary>
    public static List<object?> Characters(string text)
    {
        List<object?> characters = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes()) characters.Add(rune.ToString());
        return characters;
    }

    /// <summary>Order by code points.</summary>
    public static int Compare(string left, string right)
    {
        if (!HasPairs(left) && !HasPairs(right)) return string.CompareOrdinal(left, right);
        foreach ((Rune a, Rune b) in left.EnumerateRunes().Zip(right.EnumerateRunes()))
            if (a != b) return a.CompareTo(b);
        return Length(left).CompareTo(Length(right));
    }

    /// <summary>A Python string literal's inside as the text it means.</summary>
    public static string Unescape(string literal)
    {
        if (!literal.Contains('\\', StringComparison.Ordinal)) return literal;
        StringBuilder output = new(literal.Length);
        for (int i = 0; i < literal.Length; i++)
        {
            if (literal[i] != '\\' || i + 1 >= literal.Length) { output.Append(literal[i]); continue; }
            i++;
            i += Escape(literal, i, output);
        }
        return output.ToString();
    }

    // Writes what the escape at i means; the number of further units it took.
    private static int Escape(string literal, int i, StringBuilder output)
    {
        switch (literal[i])
        {
            case '\n': return 0;
            case '\\' or '\'' or '"': output.Append(literal[i]); return 0;
            case 'n': output.Append('\n'); return 0;
            case 't': output.Append('\t'); return 0;
            case 'r': output.Append('\r'); return 0;
            case 'a': output.Append('\a'); return 0;
            case 'b': output.Append('\b'); return 0;
            case 'f': output.Append('\f'); return 0;
            case 'v': output.Append('\v'); return 0;
            case 'x': return Hex(literal, i, 2, output);
            case 'u': return Hex(literal, i, 4, output);
            case 'U': return Hex(literal, i, 8, output);
            case >= '0' and <= '7':
                int end = i;
                while (end < literal.Length && end < i + 3 && literal[end] is >= '0' and <= '7') end++;
                output.Append((char)Convert.ToInt32(literal[i..end], 8));
                return end - i - 1;
            default: output.Append('\\').Append(literal[i]); return 0;
        }
    }

    private static int Hex(string literal, int i, int digits, StringBuilder output)
    {
        if (i + 1 + digits > literal.Length) throw new TemplateException($"the escape '\\{literal[i..]}' is too short");
        if (!int.TryParse(literal.AsSpan(i + 1, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int point) || !Rune.IsValid(point))
            throw new TemplateException($"'\\{literal.Substring(i, digits + 1)}' is no character");
        output.Append(new Rune(point));
        return digits;
    }

    /// <summary>Python's repr of a text: single quotes unless only those stand in it, and escapes for what cannot be printed.</summary>
    public static void WriteRepr(string text, StringBuilder output)
    {
        char quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        output.Append(quote);
        foreach (Rune rune in text.EnumerateRunes())
        {
            string? escape = rune.Value switch { '\\' => "\\\\", '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => null };
            if (escape is not null) output.Append(escape);
            else if (rune.Value == quote) output.Append('\\').Append(quote);
            else if (IsPrintable(rune)) output.Append(rune);
            else output.Append(CultureInfo.InvariantCulture, $"{(rune.Value <= 0xFF ? $"\\x{rune.Value:x2}" : rune.IsBmp ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}")}");
        }
        output.Append(quote);
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
