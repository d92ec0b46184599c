using Nethereum.Util;

namespace OpenLedger.Contracts.Values;

/// <summary>Keccak-256 as the EVM uses it (not NIST SHA-3, which pads differently). Knows nothing of what it hashes.</summary>
public static class Keccak
{
    public static byte[] Of(ReadOnlySpan<byte> bytes) => new Sha3Keccack().CalculateHash(bytes.ToArray());
}
