using System.Buffers;
using System.Text;

namespace OpenLedger.Engine.Records;

/// <summary>Writes a JSON string as RFC 8785, 3.2.2.2 asks: only what must be escaped is, in its short form where it has one.</summary>
internal static class CanonicalText
{
    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Write(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        for (int next; text.Length > 0; text = text[(next + 1)..])
        {
            next = text.IndexOfAny(Escaped);
            if (next < 0)
            {
                WritePlain(text, output);
                break;
            }
            WritePlain(text[..next], output);
            output.Write(Encoding.ASCII.GetBytes(Escape(text[next])));
        }
        output.Write("\""u8);
    }

    private static void WritePlain(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        try
        {
            Utf8.GetBytes(text, output);
        }
        catch (EncoderFallbackException e)
        {
            throw new CanonicalJsonException($"half a surrogate pair stands at character {e.Index} of a text");
        }
    }

    private static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        _ => $"\\u{(int)c:x4}",
    };
}
