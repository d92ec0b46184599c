using System.Diagnostics.CodeAnalysis;

namespace OpenLedger.Contracts.DataAvailability;

/// <summary>What a data availability layer gives in return for data: enough to fetch it and to prove it was there. Its first byte says which certificate follows.</summary>
/// <param name="Hex">"0x" and lower-case hex digits.</param>
public sealed record DataCommitment(string Hex)
{
    /// <summary>Most bytes taken: the ledger contract's limit.</summary>
    public const int MaxBytes = 8192;

    public static DataCommitment FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length is > 0 and <= MaxBytes
            ? new DataCommitment("0x" + Convert.ToHexStringLower(bytes))
            : throw new ArgumentException($"a commitment has 1 to {MaxBytes} bytes, not {bytes.Length}", nameof(bytes));

    public static bool TryParse(string? hex, [NotNullWhen(true)] out DataCommitment? commitment)
    {
        commitment = null;
        if (hex is not { Length: >= 4 and <= 2 + 2 * MaxBytes } || !hex.StartsWith("0x", StringComparison.Ordinal) || hex.Length % 2 != 0) return false;
        if (!hex.AsSpan(2).ToString().All(char.IsAsciiHexDigit)) return false;
        commitment = new DataCommitment(hex.ToLowerInvariant());
        return true;
    }

    public byte[] ToBytes() => Convert.FromHexString(Hex.AsSpan(2));
}
