using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;

namespace OpenLedger.Studio.Storage.Ledger.Rows;

/// <summary>One part of one call's fee: whose it is, and what it is for.</summary>
public sealed class ShareRow
{
    public long Id { get; init; }

    public required string ReceiptId { get; init; }

    /// <summary>Place among the receipt's shares, from 0; with the receipt, unique.</summary>
    public required int Ordinal { get; init; }

    public required Address Beneficiary { get; init; }

    /// <summary>What it is paid for.</summary>
    public required FeeReason Reason { get; init; }

    public required Wei Amount { get; init; }

    /// <summary>The model that answered.</summary>
    public required string ModelId { get; init; }

    public string? DatanetId { get; init; }

    /// <summary>The row that earned it, by its id in the attribution record.</summary>
    public string? RowId { get; init; }

    /// <summary>The row's leaf in its version's tree.</summary>
    public string? RowLeaf { get; init; }

    /// <summary>The row's first words, for lists.</summary>
    public string? RowLabel { get; init; }

    /// <summary>Days since 1970-01-01, UTC.</summary>
    public required int Day { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Time { get; init; }

    /// <summary>The payout batch that took it in; none while it waits.</summary>
    public long? Batch { get; set; }
}
