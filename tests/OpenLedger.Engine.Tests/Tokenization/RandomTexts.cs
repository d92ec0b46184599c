using System.Text;

namespace OpenLedger.Engine.Tests.Tokenization;

/// <summary>Seeded texts of awkward pieces: scripts, marks, emoji, spaces, controls, special tokens. Knows nothing of tokenizers.</summary>
internal sealed class RandomTexts(int seed)
{
    private const int Unicode12End = 0x20000;

    private static readonly string[] Pieces =
    [
        "the", "The", "THE", "don't", "I'LL", "we've", "hello", " world", "What is", "a", "ab", "zebra", "CamelCase", "Zürich", "two words", "<|a|>", "<|ls|>", "<|rs|>", "<|lrs|>", "<s>", "</s>", "<unk>", "[MASK]", "<0x0A>", "▁", "▁▁", "Ġ", "##ing",
        " ", "  ", "   ", "\n", "\r\n", "\r", "\t", "\0", "\u0001", "\u001c", "\u0085", "\u00a0", "\u00ad", "\u1680", "\u2003", "\u2028", "\u200b", "\u200c", "\u200d", "\u202e", "\ufeff", "\u3000", "\ufffd", "\ufffe", "\u180e",
        "1", "12", "1234", "12345678901234567890", "3.14", "1e10", "٣٤٥", "१२३", "①", "Ⅳ", "½", "²", "𝟙𝟚", "c\u0327", "e\u0301", "E\u0301", "ö", "ß", "ẞ", "İ", "ı", "ſ", "K", "Å", "ǅ", "ﬃ", "ς", "ΟΔΟΣ", "Привет", "שלום", "العَرَبِيَّة", "नमस्ते", "ไทย", "한국어",
        "\u1112\u1161\u11ab", "東京", "日本語です。", "ｶﾞ", "カ\u3099", "你好,世界!", "𠀀𠀁", "🙂", "👨‍👩‍👧‍👦", "👍🏽", "🇮🇹", "❤️", "𝒳", "𐍈", "\ue000", "a\u0300\u0316\u0323", "\u0344", "\u2126", "\uf900", "㈀", "Ａ１", "…", "—", "“q”", "'", "\"", ".", ",", "!", "?", "-", "_", "(", ")", "{", "}", "/", "\\", "$",
        "def f(x):\n    return x", "http://a.b/c?d=e", "aaaaaaaaaaaaaaaaa", "lllllll", "\n\n\n", " \n \n",
    ];

    private readonly Random _random = new(seed);

    public int Below(int end) => _random.Next(end);

    public string Next()
    {
        StringBuilder text = new();
        for (int left = 1 + Below(Below(4) == 0 ? 40 : 8); left > 0; left--)
            text.Append(Below(8) switch { 0 => char.ConvertFromUtf32(Below(0x0860)), 1 => char.ConvertFromUtf32(Astral()), 2 => " ", _ => Pieces[Below(Pieces.Length)] });
        return text.ToString();
    }

    // Emoji, mathematical letters, scripts of the second plane that stood in Unicode 12.
    private int Astral() => Below(3) switch { 0 => 0x1F600 + Below(0x50), 1 => 0x1D400 + Below(0x50), _ => Unicode12End + Below(0x1000) };
}
