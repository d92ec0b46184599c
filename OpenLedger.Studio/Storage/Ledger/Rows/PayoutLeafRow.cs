using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Storage.Ledger.Rows;

/// <summary>One account's leaf in one batch: all it ever earned up to there.</summary>
public sealed class PayoutLeafRow
{
    public required long Batch { get; init; }

    public required Address Account { get; init; }

    public required Wei Cumulative { get; init; }

    /// <summary>What this batch added.</summary>
    public required Wei Added { get; init; }
}
