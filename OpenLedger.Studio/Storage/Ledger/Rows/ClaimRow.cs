using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Storage.Ledger.Rows;

/// <summary>One claim as the chain logged it.</summary>
public sealed class ClaimRow
{
    /// <summary>Transaction hash and log index: one log, one row.</summary>
    public required string Id { get; init; }

    public required Address Account { get; init; }

    public required Wei Amount { get; init; }

    /// <summary>All it has claimed, this claim included.</summary>
    public required Wei Cumulative { get; init; }

    public required string Transaction { get; init; }

    public required long Block { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Time { get; init; }
}
