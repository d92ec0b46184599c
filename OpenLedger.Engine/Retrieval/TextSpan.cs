using System.Text;

namespace OpenLedger.Engine.Retrieval;

/// <summary>A stretch of a text, in UTF-16 units and in the bytes of its UTF-8 form. Knows nothing of which text.</summary>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="Length">UTF-16 units.</param>
/// <param name="ByteStart">First byte of the UTF-8 form.</param>
/// <param name="ByteLength">Bytes of the UTF-8 form.</param>
public readonly record struct TextSpan(int Start, int Length, int ByteStart, int ByteLength)
{
    /// <summary>One past the last UTF-16 unit.</summary>
    public int End => Start + Length;

    /// <summary>The stretch of <paramref name="text"/> from one unit to another.</summary>
    public static TextSpan Between(string text, int start, int end) => new(
        start, end - start, Encoding.UTF8.GetByteCount(text.AsSpan(0, start)), Encoding.UTF8.GetByteCount(text.AsSpan(start, end - start)));

    /// <summary>The stretch's text.</summary>
    public string Of(string text) => text.Substring(Start, Length);
}
