using System.Numerics;

namespace OpenLedger.Engine.Attribution;

/// <summary>What one call costs, in wei, by what for. Knows nothing of how it is shared.</summary>
public sealed record CallFee(BigInteger In, BigInteger Out, BigInteger Platform)
{
    /// <summary>What is shared among developer, stakers and contributors.</summary>
    public BigInteger Net => In + Out;

    /// <summary>What the caller pays.</summary>
    public BigInteger Total => Net + Platform;
}
