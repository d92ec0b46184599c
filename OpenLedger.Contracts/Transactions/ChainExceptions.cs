namespace OpenLedger.Contracts.Transactions;

/// <summary>A contract refused: the call would revert or has reverted, and nothing changed.</summary>
/// <param name="reason">The contract's error with its facts, as in "RootNotNext(expected: 3, given: 2)".</param>
public sealed class ContractRefusedException(string reason) : InvalidOperationException($"the contract refused: {reason}")
{
    public string Reason => reason;
}

/// <summary>A node would not take a transaction; its nonce is free again.</summary>
public sealed class TransactionRefusedException(string reason) : InvalidOperationException($"the node refused the transaction: {reason}");

/// <summary>What stands on the chain is not what we need there.</summary>
public sealed class ChainMismatchException(string fact) : InvalidOperationException(fact);
