using System.Numerics;

namespace OpenLedger.Contracts.Transactions;

/// <summary>Reads RLP that a stranger wrote: canonical or not at all, no allocation by a claimed length, no recursion. Knows nothing of transactions.</summary>
/// <remarks>Yellow Paper, appendix B. Every method returns false at the first oddity; the reader is then of no further use.</remarks>
internal ref struct RlpReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>A list's content, to be read by another reader.</summary>
    public bool TryReadList(out RlpReader list)
    {
        list = default;
        if (!TryReadItem(out bool isList, out ReadOnlySpan<byte> content) || !isList) return false;
        list = new RlpReader(content);
        return true;
    }

    public bool TryReadBytes(out ReadOnlySpan<byte> content) => TryReadItem(out bool isList, out content) && !isList;

    /// <summary>A string of exactly <paramref name="length"/> bytes.</summary>
    public bool TryReadBytes(int length, out ReadOnlySpan<byte> content) => TryReadBytes(out content) && content.Length == length;

    /// <summary>A whole number without leading zeros, of at most <paramref name="maxBytes"/> bytes.</summary>
    public bool TryReadNumber(int maxBytes, out BigInteger number)
    {
        number = default;
        if (!TryReadBytes(out ReadOnlySpan<byte> content) || content.Length > maxBytes || content is [0, ..]) return false;
        number = new BigInteger(content, isUnsigned: true, isBigEndian: true);
        return true;
    }

    private bool TryReadItem(out bool isList, out ReadOnlySpan<byte> content)
    {
        isList = false;
        content = default;
        if (_rest.IsEmpty) return false;
        byte head = _rest[0];
        isList = head >= 0xc0;
        if (head < 0x80) return TryTake(0, 1, out content);
        int small = head - (isList ? 0xc0 : 0x80);
        if (small <= 55) return TryTake(1, small, out content) && (isList || small != 1 || content[0] >= 0x80);
        int lengthBytes = small - 55;
        if (!TryReadLength(lengthBytes, out int length)) return false;
        return TryTake(1 + lengthBytes, length, out content);
    }

    private readonly bool TryReadLength(int lengthBytes, out int length)
    {
        length = 0;
        if (lengthBytes > 4 || _rest.Length <= lengthBytes || _rest[1] == 0) return false;
        long claimed = 0;
        for (int i = 1; i <= lengthBytes; i++) claimed = (claimed << 8) | _rest[i];
        if (claimed < 56 || claimed > _rest.Length) return false;
        length = (int)claimed;
        return true;
    }

    private bool TryTake(int skip, int length, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (_rest.Length - skip < length) return false;
        content = _rest.Slice(skip, length);
        _rest = _rest[(skip + length)..];
        return true;
    }
}
