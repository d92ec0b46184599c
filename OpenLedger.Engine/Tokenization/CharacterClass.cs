using System.Globalization;
using System.Text;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Which characters count as what for the tokenizers library: Unicode's general categories, with its few exceptions.</summary>
internal static class CharacterClass
{
    public static bool IsNumber(Rune rune) => Rune.IsNumber(rune);

    public static bool IsWhiteSpace(Rune rune) => Rune.IsWhiteSpace(rune);

    /// <summary>ASCII punctuation (signs too) and Unicode's P categories.</summary>
    public static bool IsPunctuation(Rune rune) =>
        rune.IsAscii ? char.IsAsciiLetterOrDigit((char)rune.Value) is false && rune.Value is > 0x20 and < 0x7F : Rune.IsPunctuation(rune) != OlderUnicode.Punctuation.Contains(rune.Value);

    /// <summary>The class \w of Rust's regular expressions: letters, marks, digits, connectors and joiners.</summary>
    public static bool IsWord(Rune rune) => rune.IsAscii ? char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value == '_' : UnicodeProperty.Word.Contains(rune.Value);

    /// <summary>What BERT's cleaning throws away: controls, formats and private characters, but not tab and line ends.</summary>
    public static bool IsBertControl(Rune rune) => rune.Value is not (0x09 or 0x0A or 0x0D) && !OlderUnicode.Formats.Contains(rune.Value) && Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate;

    public static bool IsNonSpacingMark(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark != OlderUnicode.NonSpacingMarks.Contains(rune.Value);

    public static bool IsMark(Rune rune) => OlderUnicode.Marks.Contains(rune.Value) != Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>The CJK blocks that BERT treats as one word a character.</summary>
    public static bool IsChinese(Rune rune) => rune.Value is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F) or
        (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
