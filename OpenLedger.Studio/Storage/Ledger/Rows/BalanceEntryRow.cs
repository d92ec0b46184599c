using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Storage.Ledger.Rows;

/// <summary>One movement of money: both legs in one row, so that what leaves one account arrives at another.</summary>
public sealed class BalanceEntryRow
{
    public long Id { get; init; }

    /// <summary>Unique: the same movement is booked once, however often it is asked for.</summary>
    public required string Key { get; init; }

    /// <summary>The account that spends.</summary>
    public required string From { get; init; }

    /// <summary>The account that receives.</summary>
    public required string To { get; init; }

    public required Wei Amount { get; init; }

    public required EntryKind Kind { get; init; }

    /// <summary>The receipt, transaction or batch behind it.</summary>
    public required string Reference { get; init; }

    /// <summary>Of the chain, where the chain said so: the entry goes if the block does.</summary>
    public long? Block { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Time { get; init; }
}

/// <summary>Why money moved.</summary>
public enum EntryKind
{
    /// <summary>The chain says that somebody prepaid.</summary>
    Deposit,

    /// <summary>The node lends its guests what it will cover at the next settlement.</summary>
    Allowance,

    /// <summary>Set aside for an answer that is being made.</summary>
    Hold,

    /// <summary>What an answer cost.</summary>
    Call,

    /// <summary>What was set aside and not needed.</summary>
    Refund,

    /// <summary>What is owed went to the distributor.</summary>
    Settlement,

    /// <summary>The chain says that somebody claimed.</summary>
    Claim,
}
