using System.Buffers;
using System.Text;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>Finds out how a file's bytes spell text, by its mark or by what can be read. Knows nothing of rows.</summary>
/// <param name="Encoding">How to read it: never throws, what it cannot read becomes U+FFFD.</param>
/// <param name="Name">What people call it.</param>
/// <param name="FirstBadLine">The first line that is no UTF-8, where there is one.</param>
/// <param name="NulAt">Where a zero byte shows that this is no text.</param>
public sealed record TextEncoding(Encoding Encoding, string Name, int? FirstBadLine, long? NulAt)
{
    private const int HeadBytes = 1024;

    /// <summary>Reads the stream to its end.</summary>
    public static TextEncoding Detect(Stream stream)
    {
        byte[] head = new byte[HeadBytes];
        int length = stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        if (Utf16Of(head.AsSpan(0, length)) is TextEncoding utf16) return utf16;
        stream.Position = 0;
        Utf8Scan scan = Utf8Scan.Over(stream);
        if (scan.NulAt is not null || scan.Bad == 0) return new(new UTF8Encoding(false), "UTF-8", null, scan.NulAt);
        // A text in Windows-1252 has almost no two bytes that happen to be UTF-8; a damaged UTF-8 text has many.
        return scan.Good > scan.Bad
            ? new(new UTF8Encoding(false), "UTF-8 with damaged characters", scan.FirstBadLine, null)
            : new(CodePagesEncodingProvider.Instance.GetEncoding(1252)!, "Windows-1252", scan.FirstBadLine, null);
    }

    private static TextEncoding? Utf16Of(ReadOnlySpan<byte> head)
    {
        bool little = head.StartsWith<byte>([0xff, 0xfe]) || HasZeros(head, at: 1);
        bool big = !little && (head.StartsWith<byte>([0xfe, 0xff]) || HasZeros(head, at: 0));
        return little || big ? new(new UnicodeEncoding(big, byteOrderMark: true), "UTF-16", null, null) : null;
    }

    // Latin letters in UTF-16 have a zero as every second byte, and no other zeros.
    private static bool HasZeros(ReadOnlySpan<byte> head, int at)
    {
        int here = 0;
        int there = 0;
        for (int i = 0; i < head.Length; i++)
        {
            if (head[i] != 0) continue;
            if (i % 2 == at) here++;
            else there++;
        }
        return there == 0 && here > 4 && here * 4 > head.Length;
    }

    private sealed class Utf8Scan
    {
        private long _position;
        private int _line = 1;

        public int Good { get; private set; }

        public int Bad { get; private set; }

        public int? FirstBadLine { get; private set; }

        public long? NulAt { get; private set; }

        public static Utf8Scan Over(Stream stream)
        {
            Utf8Scan scan = new();
            byte[] buffer = new byte[1 << 16];
            int kept = 0;
            for (int read; (read = stream.Read(buffer, kept, buffer.Length - kept)) > 0 && scan.NulAt is null;)
            {
                int length = kept + read;
                kept = scan.Take(buffer.AsSpan(0, length));
                buffer.AsSpan(length - kept, kept).CopyTo(buffer);
            }
            if (kept > 0) scan.NoteBad();
            return scan;
        }

        // Returns how many bytes at the end are the beginning of a character.
        private int Take(ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length > 0)
            {
                int plain = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xff);
                TakeAscii(plain < 0 ? bytes : bytes[..plain]);
                if (plain < 0) return 0;
                bytes = bytes[plain..];
                OperationStatus status = Rune.DecodeFromUtf8(bytes, out _, out int consumed);
                if (status == OperationStatus.NeedMoreData) return bytes.Length;
                if (status == OperationStatus.Done) Good++;
                else NoteBad();
                _position += consumed;
                bytes = bytes[consumed..];
            }
            return 0;
        }

        private void TakeAscii(ReadOnlySpan<byte> ascii)
        {
            int nul = ascii.IndexOf((byte)0);
            if (nul >= 0) NulAt ??= _position + nul;
            _line += ascii.Count((byte)'\n');
            _position += ascii.Length;
        }

        private void NoteBad()
        {
            Bad++;
            FirstBadLine ??= _line;
        }
    }
}
