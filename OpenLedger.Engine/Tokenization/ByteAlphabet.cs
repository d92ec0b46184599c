using System.Text;

namespace OpenLedger.Engine.Tokenization;

/// <summary>GPT-2's printable stand-in for each byte (Radford et al. 2019, <c>bytes_to_unicode</c>).</summary>
internal static class ByteAlphabet
{
    private static readonly char[] Letters = MakeLetters();
    private static readonly short[] Bytes = MakeBytes();

    /// <summary>What a space byte is written as.</summary>
    public const char Space = 'Ġ';

    /// <summary>The UTF-8 bytes of a text, one stand-in each.</summary>
    public static string Write(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        int count = Encoding.UTF8.GetBytes(text, bytes);
        return string.Create(count, bytes, static (letters, source) =>
        {
            for (int i = 0; i < letters.Length; i++) letters[i] = Letters[source[i]];
        });
    }

    /// <summary>The same with alignment: each stand-in belongs to the whole character its byte is part of.</summary>
    public static AlignedText Write(Piece piece)
    {
        AlignedTextBuilder result = new(piece.Length * 2);
        Span<byte> bytes = stackalloc byte[4];
        int unit = piece.Start;
        foreach (Rune rune in piece.Span.EnumerateRunes())
        {
            int count = rune.EncodeToUtf8(bytes);
            TextRange source = piece.Text.SourceOf(unit);
            foreach (byte b in bytes[..count]) result.Append(Letters[b], source);
            unit += rune.Utf16SequenceLength;
        }
        return result.ToText();
    }

    /// <summary>Adds the bytes a token stands for; a token with any other character in it stands for its own UTF-8.</summary>
    public static void Read(string token, List<byte> output)
    {
        foreach (char letter in token)
        {
            if (letter < Bytes.Length && Bytes[letter] >= 0) continue;
            output.AddRange(Encoding.UTF8.GetBytes(token));
            return;
        }
        foreach (char letter in token) output.Add((byte)Bytes[letter]);
    }

    private static char[] MakeLetters()
    {
        char[] letters = new char[256];
        int next = 256;
        for (int b = 0; b < 256; b++)
            letters[b] = b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE ? (char)b : (char)next++;
        return letters;
    }

    private static short[] MakeBytes()
    {
        short[] bytes = new short[512];
        Array.Fill(bytes, (short)-1);
        for (int b = 0; b < 256; b++) bytes[Letters[b]] = (short)b;
        return bytes;
    }
}
