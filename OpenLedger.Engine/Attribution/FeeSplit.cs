using System.Numerics;

namespace OpenLedger.Engine.Attribution;

/// <summary>A call's fee in its parts, which sum to it to the wei. Knows nothing of when they are paid.</summary>
public sealed record FeeSplit(CallFee Fee, IReadOnlyList<FeePart> Parts)
{
    /// <summary>What each address gets, in ascending order of address.</summary>
    public IReadOnlyList<(string Beneficiary, BigInteger Amount)> ByBeneficiary() =>
        [.. Parts.GroupBy(part => part.Beneficiary, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, Sum(group)))];

    /// <summary>What each row earned, in ascending order of row id, whoever was paid for it.</summary>
    public IReadOnlyList<(string Row, BigInteger Amount)> ByRow() =>
        [.. Parts.Where(part => part.Row is not null).GroupBy(part => part.Row!, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, Sum(group)))];

    /// <summary>What went to one reason.</summary>
    public BigInteger For(FeeReason reason) => Sum(Parts.Where(part => part.Reason == reason));

    /// <summary>What parts come to.</summary>
    public static BigInteger Sum(IEnumerable<FeePart> parts) => parts.Aggregate(BigInteger.Zero, (sum, part) => sum + part.Amount);
}
