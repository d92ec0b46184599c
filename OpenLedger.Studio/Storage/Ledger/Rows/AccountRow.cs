using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Storage.Ledger.Rows;

/// <summary>The running totals of one account over its entries. Two sums that only grow, so that no amount is ever negative.</summary>
public sealed class AccountRow : IVersioned
{
    /// <summary>An address in lower case, or one of the node's own accounts.</summary>
    public required string Account { get; init; }

    public Wei Received { get; set; }

    public Wei Spent { get; set; }

    public long Version { get; set; }
}
