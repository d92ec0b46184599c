using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Transactions;

/// <summary>What a transaction is to do, before it has a nonce, fees or a signature.</summary>
/// <param name="To">Null to create a contract from <paramref name="Data"/>.</param>
/// <param name="Data">"0x" and calldata or creation code.</param>
public sealed record OutgoingCall(Address? To, string Data, Wei Value);

/// <summary>A transaction as it goes out: whoever holds it can send it, again and again, and it counts once.</summary>
/// <param name="Raw">"0x" and the signed bytes.</param>
public sealed record SignedTransaction(TxHash Hash, string Raw, long Nonce);

/// <summary>What a node said to a signed transaction.</summary>
public enum Broadcast
{
    /// <summary>Taken, now or before.</summary>
    Accepted,

    /// <summary>Another transaction has used its nonce: this one can never be mined, and may be made anew.</summary>
    NonceTaken,
}

/// <summary>Where a transaction stands.</summary>
public enum TransactionState
{
    /// <summary>The node does not know it: never sent, or lost with blocks that were.</summary>
    Unknown,

    /// <summary>Known and not yet mined.</summary>
    Pending,

    /// <summary>Mined with status 1.</summary>
    Succeeded,

    /// <summary>Mined, and it did nothing.</summary>
    Reverted,
}

/// <summary>Where a transaction stands, and in which block if mined.</summary>
/// <param name="Created">The contract it created, if it did.</param>
public sealed record TransactionOutcome(TransactionState State, long? Block = null, Hash32? BlockHash = null, Address? Created = null);
