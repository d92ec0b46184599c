using System.Numerics;

namespace OpenLedger.Contracts.Transactions;

/// <summary>What we offer for a transaction. Knows nothing of the fee market's history: a policy that reads its own tips back drives them up.</summary>
public sealed record FeePolicy
{
    /// <summary>Tip for each gas, in wei. Default 0.001 gwei.</summary>
    public BigInteger Tip { get; init; } = 1_000_000;

    /// <summary>Gas given for each 100 estimated. Default 120: an estimate is exact, and state may move before the block.</summary>
    public int GasPercent { get; init; } = 120;

    /// <summary>The most we pay for each gas: twice the base fee lasts for six full blocks (EIP-1559: it grows by an eighth a block).</summary>
    public BigInteger MaxFeeAt(BigInteger baseFee) => 2 * baseFee + Tip;

    public BigInteger GasFor(BigInteger estimate) => (estimate * GasPercent + 99) / 100;

    /// <summary>Fees that replace a waiting transaction: nodes ask for a tenth more (geth's default price bump), an eighth is clear of rounding.</summary>
    public static BigInteger Raise(BigInteger fee) => fee + fee / 8 + 1;
}
