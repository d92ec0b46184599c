using System.Numerics;

namespace OpenLedger.Engine.Attribution;

/// <summary>What a part of a fee is paid for. Knows nothing of to whom.</summary>
public enum FeeReason
{
    Platform,
    Developer,
    Staker,
    Passage,
    TrainingRow,

    /// <summary>A part with nobody behind it: the policy sends it to the treasury.</summary>
    Unclaimed,
}

/// <summary>One amount of a call's fee. Knows nothing of balances.</summary>
/// <param name="Reason">What for.</param>
/// <param name="Beneficiary">The address that gets it.</param>
/// <param name="Amount">Wei, more than zero.</param>
/// <param name="Model">The adapter it was earned through, for developers and training rows.</param>
/// <param name="Row">The row that earned it, for passages and training rows; also on an unclaimed part whose row names no contributor.</param>
public sealed record FeePart(FeeReason Reason, string Beneficiary, BigInteger Amount, string? Model = null, string? Row = null);
