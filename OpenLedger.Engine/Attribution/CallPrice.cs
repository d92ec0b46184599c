using System.Numerics;

namespace OpenLedger.Engine.Attribution;

/// <summary>What a model asks for a call, in wei. Knows nothing of who pays.</summary>
/// <param name="RateIn">Wei for a thousand tokens read.</param>
/// <param name="RateOut">Wei for a thousand tokens written.</param>
/// <param name="PlatformFee">Wei for the call itself.</param>
public sealed record CallPrice(BigInteger RateIn, BigInteger RateOut, BigInteger PlatformFee)
{
    /// <summary>The fee of one call: <c>tokens * rate / 1000</c> for each direction, each rounded down to a wei once, and the platform's fee.</summary>
    /// <exception cref="ArgumentException">Negative tokens, rates or platform fee.</exception>
    public CallFee For(long tokensIn, long tokensOut)
    {
        if (tokensIn < 0 || tokensOut < 0) throw new ArgumentException($"a call cannot have {tokensIn} tokens in and {tokensOut} out");
        if (RateIn.Sign < 0 || RateOut.Sign < 0 || PlatformFee.Sign < 0) throw new ArgumentException($"a price cannot be negative: {RateIn} in, {RateOut} out, {PlatformFee} platform");
        return new(tokensIn * RateIn / 1000, tokensOut * RateOut / 1000, PlatformFee);
    }
}
