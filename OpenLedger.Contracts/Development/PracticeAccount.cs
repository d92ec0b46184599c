using Nethereum.Signer;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Development;

/// <summary>An account that the node holds for somebody who has no wallet here, so that shares have somewhere to go. Only for a development chain. Knows nothing of whose it is.</summary>
public static class PracticeAccount
{
    /// <summary>The address of a secret.</summary>
    /// <param name="secret">32 bytes, not zero and below the order of secp256k1, as all but one in 2^128 are.</param>
    public static Address AddressOf(byte[] secret) => secret.Length == 32
        ? Address.Parse(new EthECKey(secret, true).GetPublicAddress())
        : throw new ArgumentException($"a private key has 32 bytes, not {secret.Length}", nameof(secret));
}
