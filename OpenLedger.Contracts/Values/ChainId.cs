using System.Globalization;

namespace OpenLedger.Contracts.Values;

/// <summary>The number that tells one chain's signatures from another's (EIP-155). Knows nothing of nodes.</summary>
public readonly record struct ChainId(long Value)
{
    /// <summary>OpenLedger's test network, and our development chain with it.</summary>
    public static ChainId Development => new(161201);

    /// <summary>"0x275b1": as wallets and JSON-RPC write it.</summary>
    public string Hex => "0x" + Value.ToString("x", CultureInfo.InvariantCulture);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
