using System.Globalization;
using static System.Globalization.UnicodeCategory;

namespace OpenLedger.Engine.Tokenization;

/// <summary>The properties a regular expression may name (<c>\p{...}</c>, <c>[:...:]</c>, <c>\w</c>), as Oniguruma understands them. Knows nothing of patterns.</summary>
internal static class UnicodeProperty
{
    private static readonly UnicodeCategory[] Letters = [UppercaseLetter, LowercaseLetter, TitlecaseLetter, ModifierLetter, OtherLetter];
    private static readonly UnicodeCategory[] Marks = [NonSpacingMark, SpacingCombiningMark, EnclosingMark];
    private static readonly UnicodeCategory[] Numbers = [DecimalDigitNumber, LetterNumber, OtherNumber];
    private static readonly UnicodeCategory[] Punctuation = [ConnectorPunctuation, DashPunctuation, OpenPunctuation, ClosePunctuation, InitialQuotePunctuation, FinalQuotePunctuation, OtherPunctuation];
    private static readonly UnicodeCategory[] Symbols = [MathSymbol, CurrencySymbol, ModifierSymbol, OtherSymbol];
    private static readonly UnicodeCategory[] Separators = [SpaceSeparator, LineSeparator, ParagraphSeparator];
    private static readonly UnicodeCategory[] Others = [Control, Format, Surrogate, PrivateUse, OtherNotAssigned];

    /// <summary>Letters in circles and squares that Unicode calls alphabetic, though they are symbols.</summary>
    private static readonly CharacterSet RoundLetters = CharacterSet.Ranges([(0x24B6, 0x24E9), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189)]);

    /// <summary>The class \w of Rust's regular expressions: alphabetic, marks, decimal digits, connectors, joiners (UTS #18).</summary>
    public static CharacterSet Word { get; } = CharacterSet.Categories(@"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}", [.. Letters, .. Marks, DecimalDigitNumber, LetterNumber, ConnectorPunctuation])
        .Union(RoundLetters).Union(CharacterSet.Range(0x200C, 0x200D));

    /// <summary>Oniguruma's \w within a class: the same without joiners.</summary>
    public static CharacterSet OnigurumaClassWord { get; } = CharacterSet.Categories(@"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}", [.. Letters, .. Marks, DecimalDigitNumber, LetterNumber, ConnectorPunctuation]).Union(RoundLetters);

    /// <summary>Oniguruma's \w elsewhere: with the raised digits and fractions of Latin-1.</summary>
    public static CharacterSet OnigurumaWord { get; } = OnigurumaClassWord.Union(CharacterSet.Ranges([(0xB2, 0xB3), (0xB9, 0xB9), (0xBC, 0xBE)]));

    public static CharacterSet Digit { get; } = CharacterSet.Categories(@"\d", DecimalDigitNumber);

    public static CharacterSet Space { get; } = new(@"\s", false, static point => point <= char.MaxValue && char.IsWhiteSpace((char)point));

    public static CharacterSet HexDigit { get; } = CharacterSet.Ranges([('0', '9'), ('A', 'F'), ('a', 'f')]);

    private static readonly Dictionary<string, CharacterSet> Named = new(StringComparer.Ordinal)
    {
        ["l"] = CharacterSet.Categories(@"\p{L}", Letters),
        ["letter"] = CharacterSet.Categories(@"\p{L}", Letters),
        ["lu"] = Category("Lu", UppercaseLetter),
        ["uppercaseletter"] = Category("Lu", UppercaseLetter),
        ["ll"] = Category("Ll", LowercaseLetter),
        ["lowercaseletter"] = Category("Ll", LowercaseLetter),
        ["lt"] = Category("Lt", TitlecaseLetter),
        ["titlecaseletter"] = Category("Lt", TitlecaseLetter),
        ["lm"] = Category("Lm", ModifierLetter),
        ["modifierletter"] = Category("Lm", ModifierLetter),
        ["lo"] = Category("Lo", OtherLetter),
        ["otherletter"] = Category("Lo", OtherLetter),
        ["lc"] = CharacterSet.Categories(@"\p{Lu}\p{Ll}\p{Lt}", UppercaseLetter, LowercaseLetter, TitlecaseLetter),
        ["m"] = CharacterSet.Categories(@"\p{M}", Marks),
        ["mark"] = CharacterSet.Categories(@"\p{M}", Marks),
        ["mn"] = Category("Mn", NonSpacingMark),
        ["nonspacingmark"] = Category("Mn", NonSpacingMark),
        ["mc"] = Category("Mc", SpacingCombiningMark),
        ["me"] = Category("Me", EnclosingMark),
        ["n"] = CharacterSet.Categories(@"\p{N}", Numbers),
        ["number"] = CharacterSet.Categories(@"\p{N}", Numbers),
        ["nd"] = Digit,
        ["decimalnumber"] = Digit,
        ["digit"] = Digit,
        ["nl"] = Category("Nl", LetterNumber),
        ["no"] = Category("No", OtherNumber),
        ["p"] = CharacterSet.Categories(@"\p{P}", Punctuation),
        ["punctuation"] = CharacterSet.Categories(@"\p{P}", Punctuation),
        ["punct"] = CharacterSet.Categories(@"\p{P}", Punctuation),
        ["pc"] = Category("Pc", ConnectorPunctuation),
        ["pd"] = Category("Pd", DashPunctuation),
        ["ps"] = Category("Ps", OpenPunctuation),
        ["pe"] = Category("Pe", ClosePunctuation),
        ["pi"] = Category("Pi", InitialQuotePunctuation),
        ["pf"] = Category("Pf", FinalQuotePunctuation),
        ["po"] = Category("Po", OtherPunctuation),
        ["s"] = CharacterSet.Categories(@"\p{S}", Symbols),
        ["symbol"] = CharacterSet.Categories(@"\p{S}", Symbols),
        ["sm"] = Category("Sm", MathSymbol),
        ["sc"] = Category("Sc", CurrencySymbol),
        ["sk"] = Category("Sk", ModifierSymbol),
        ["so"] = Category("So", OtherSymbol),
        ["z"] = CharacterSet.Categories(@"\p{Z}", Separators),
        ["separator"] = CharacterSet.Categories(@"\p{Z}", Separators),
        ["zs"] = Category("Zs", SpaceSeparator),
        ["zl"] = Category("Zl", LineSeparator),
        ["zp"] = Category("Zp", ParagraphSeparator),
        ["c"] = CharacterSet.Categories(@"\p{C}", Others),
        ["other"] = CharacterSet.Categories(@"\p{C}", Others),
        ["cc"] = Category("Cc", Control),
        ["control"] = Category("Cc", Control),
        ["cntrl"] = Category("Cc", Control),
        ["cf"] = Category("Cf", Format),
        ["co"] = Category("Co", PrivateUse),
        ["cn"] = Category("Cn", OtherNotAssigned),
        ["cs"] = Category("Cs", Surrogate),
        ["word"] = OnigurumaClassWord,
        ["space"] = Space,
        ["whitespace"] = Space,
        ["xdigit"] = HexDigit,
        ["ascii"] = CharacterSet.Range(0, 0x7F),
        ["any"] = CharacterSet.Range(0, 0x10FFFF),
        ["blank"] = Category("Zs", SpaceSeparator).Union(CharacterSet.Of('\t')),
        ["han"] = Scripts.Han,
        ["hiragana"] = Scripts.Hiragana,
        ["katakana"] = Scripts.Katakana,
        ["hangul"] = Scripts.Hangul,
        ["latin"] = Scripts.Latin,
        ["greek"] = Scripts.Greek,
        ["cyrillic"] = Scripts.Cyrillic,
        ["hebrew"] = Scripts.Hebrew,
        ["thai"] = Scripts.Thai,
        ["devanagari"] = Scripts.Devanagari,
    };

    /// <summary>The property of a name, however it is spelled (case, spaces, dashes; <c>Script=</c> and <c>sc=</c> in front); null if it is not known.</summary>
    public static CharacterSet? Find(string name)
    {
        string plain = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return Named.GetValueOrDefault(plain.StartsWith("script", StringComparison.Ordinal) ? plain["script".Length..] : name.StartsWith("sc=", StringComparison.Ordinal) ? plain["sc".Length..] : plain);
    }

    /// <summary>The class between <c>[:</c> and <c>:]</c>; signs count as punctuation there.</summary>
    public static CharacterSet? FindPosix(string name) => name == "punct" ? Named["p"].Union(Named["s"]) : name is "digit" or "space" or "cntrl" or "xdigit" or "word" or "ascii" or "blank" ? Named[name] : null;

    private static CharacterSet Category(string name, UnicodeCategory category) => CharacterSet.Categories($"\\p{{{name}}}", category);
}
