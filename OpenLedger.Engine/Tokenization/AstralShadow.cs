using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Tokenization;

/// <summary>
/// Lets .NET's UTF-16 regular expressions see a character above U+FFFF as one letter, number or sign: it is matched as a rare
/// character of the same general category (and without upper or lower partner) from the first plane.
/// </summary>
internal static class AstralShadow
{
    public static bool IsNeededFor(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;

    public static List<TextRange> Find(Regex regex, ReadOnlySpan<char> text)
    {
        char[] shadow = new char[text.Length];
        int[] units = new int[text.Length + 1];
        int count = 0, unit = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            units[count] = unit;
            shadow[count++] = rune.IsBmp ? (char)rune.Value : StandInFor(rune);
            unit += rune.Utf16SequenceLength;
        }
        units[count] = unit;
        List<TextRange> found = [];
        foreach (ValueMatch match in regex.EnumerateMatches(shadow.AsSpan(0, count)))
            found.Add(new TextRange(units[match.Index], units[match.Index + match.Length]));
        return found;
    }

    private static char StandInFor(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter => '\u03D2',
        UnicodeCategory.LowercaseLetter => '\u1D00',
        UnicodeCategory.TitlecaseLetter => '\u1F88',
        UnicodeCategory.ModifierLetter => '\u02B0',
        // Ideographs stay ideographs, but outside the block that older patterns name by its range.
        UnicodeCategory.OtherLetter => rune.Value is >= 0x20000 and <= 0x3FFFF ? '\u3400' : '\uA840',
        UnicodeCategory.NonSpacingMark => '\u1DC0',
        UnicodeCategory.SpacingCombiningMark => '\u0903',
        UnicodeCategory.EnclosingMark => '\u0488',
        UnicodeCategory.DecimalDigitNumber => '\u1946',
        UnicodeCategory.LetterNumber => '\u3021',
        UnicodeCategory.OtherNumber => '\u2150',
        UnicodeCategory.SpaceSeparator => '\u1680',
        UnicodeCategory.LineSeparator => '\u2028',
        UnicodeCategory.ParagraphSeparator => '\u2029',
        UnicodeCategory.Control => '\u0080',
        UnicodeCategory.Format => '\u2061',
        UnicodeCategory.Surrogate => '\uD800',
        UnicodeCategory.PrivateUse => '\uE000',
        UnicodeCategory.ConnectorPunctuation => '\u2040',
        UnicodeCategory.DashPunctuation => '\u2E3A',
        UnicodeCategory.OpenPunctuation => '\u2045',
        UnicodeCategory.ClosePunctuation => '\u2046',
        UnicodeCategory.InitialQuotePunctuation => '\u2E02',
        UnicodeCategory.FinalQuotePunctuation => '\u2E03',
        UnicodeCategory.OtherPunctuation => '\u2056',
        UnicodeCategory.MathSymbol => '\u2A00',
        UnicodeCategory.CurrencySymbol => '\u20A0',
        UnicodeCategory.ModifierSymbol => '\uA700',
        UnicodeCategory.OtherSymbol => '\u2800',
        UnicodeCategory.OtherNotAssigned => '\u0378',
    };
}
