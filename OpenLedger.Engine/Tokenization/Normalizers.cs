using System.Text;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Changes a text before it is cut into pieces, and keeps the alignment.</summary>
internal delegate AlignedText Normalizer(AlignedText text);

/// <summary>The normalizers of the tokenizers library, one a method. Knows nothing of files.</summary>
internal static class Normalizers
{
    public static Normalizer Sequence(IReadOnlyList<Normalizer> steps) => text => steps.Aggregate(text, (current, step) => step(current));

    public static Normalizer Prepend(string prefix) => text => text.Prepend(prefix);

    public static Normalizer Replace(TextPattern pattern, string content) => text => text.Replace(pattern.Find(text.Value), content);

    public static AlignedText Lowercase(AlignedText text) => text.Rewrite(static (rune, source, output) =>
    {
        // The one character whose lower case is two: I with dot above (SpecialCasing.txt).
        if (rune.Value == 0x130) output.Append("i\u0307", source);
        else output.Append(Rune.ToLowerInvariant(rune), source);
    });

    public static AlignedText StripAccents(AlignedText text) => Keep(text, static rune => !CharacterClass.IsMark(rune));

    public static Normalizer Strip(bool left, bool right) => text =>
    {
        ReadOnlySpan<char> value = text.Value;
        int start = left ? value.Length - value.TrimStart().Length : 0;
        int end = right ? value.TrimEnd().Length : value.Length;
        return start == 0 && end == value.Length ? text : Piece.All(text).Slice(new TextRange(start, Math.Max(start, end))).ToText();
    };

    public static AlignedText ByteLevel(AlignedText text) => ByteAlphabet.Write(Piece.All(text));

    /// <summary>SentencePiece's <c>nmt</c> rule: controls go, every kind of blank becomes a space.</summary>
    public static AlignedText Nmt(AlignedText text) => text.Rewrite(static (rune, source, output) =>
    {
        if (rune.Value is (>= 0x01 and <= 0x08) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or 0x8F or 0x9F) return;
        bool blank = rune.Value is 0x09 or 0x0A or 0x0C or 0x0D or 0x1680 or (>= 0x200B and <= 0x200F) or 0x2028 or 0x2029 or 0x2581 or 0xFEFF or 0xFFFD;
        output.Append(blank ? new Rune(' ') : rune, source);
    });

    /// <summary>BERT's cleaning; <paramref name="stripAccents"/> null means as <paramref name="lowercase"/>.</summary>
    public static Normalizer Bert(bool cleanText, bool handleChinese, bool? stripAccents, bool lowercase) => text =>
    {
        if (cleanText) text = Clean(text);
        if (handleChinese) text = text.Rewrite(SpaceOutChinese);
        if (stripAccents ?? lowercase) text = Keep(UnicodeNormalization.Normalize(text, NormalizationForm.FormD), static rune => !CharacterClass.IsNonSpacingMark(rune));
        return lowercase ? Lowercase(text) : text;
    };

    private static AlignedText Clean(AlignedText text) => text.Rewrite(static (rune, source, output) =>
    {
        if (rune.Value is 0 or 0xFFFD || CharacterClass.IsBertControl(rune)) return;
        output.Append(CharacterClass.IsWhiteSpace(rune) ? new Rune(' ') : rune, source);
    });

    private static void SpaceOutChinese(Rune rune, TextRange source, AlignedTextBuilder output)
    {
        bool chinese = CharacterClass.IsChinese(rune);
        if (chinese) output.Append(' ', source);
        output.Append(rune, source);
        if (chinese) output.Append(' ', source);
    }

    private static AlignedText Keep(AlignedText text, Func<Rune, bool> isKept) => text.Rewrite((rune, source, output) =>
    {
        if (isKept(rune)) output.Append(rune, source);
    });
}
