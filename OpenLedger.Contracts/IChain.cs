using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Logs;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts;

/// <summary>The chain as the product sees it: what the node does there, what it reads there, what it asks wallets to send. Knows nothing of the product's books.</summary>
public interface IChain
{
    ChainId Id { get; }

    /// <summary>The node's own account.</summary>
    Address Operator { get; }

    ContractAddresses Contracts { get; }

    Task<long> BlockNumberAsync(CancellationToken cancel);

    /// <summary>Native OPEN of an account.</summary>
    Task<Wei> BalanceOfAsync(Address account, CancellationToken cancel);

    /// <summary>Signs an action, hands it to <paramref name="beforeBroadcast"/> to be kept, then sends it. Does not wait until it is mined.</summary>
    /// <exception cref="ContractRefusedException">The contract would refuse it.</exception>
    Task<SignedTransaction> SendAsync(ChainAction action, Func<SignedTransaction, CancellationToken, Task> beforeBroadcast, CancellationToken cancel);

    /// <summary>Sends a kept transaction again.</summary>
    Task<Broadcast> BroadcastAsync(SignedTransaction signed, CancellationToken cancel);

    Task<TransactionOutcome> OutcomeOfAsync(TxHash hash, CancellationToken cancel);

    /// <summary>What an account was ever paid by the distributor.</summary>
    Task<Wei> ClaimedOfAsync(Address account, CancellationToken cancel);

    Task<PayoutState> PayoutStateAsync(CancellationToken cancel);

    /// <summary>Null if no such version is registered.</summary>
    Task<RegisteredVersion?> DatanetVersionAsync(Hash32 datanet, int number, CancellationToken cancel);

    /// <summary>Null if no such model is registered.</summary>
    Task<RegisteredModel?> ModelAsync(Hash32 model, CancellationToken cancel);

    /// <summary>Null if no such batch was posted.</summary>
    Task<PostedBatch?> AttributionBatchAsync(long number, CancellationToken cancel);

    /// <summary>Deposits and claims after <paramref name="cursor"/>, in order.</summary>
    Task<ChainEventPage> EventsAsync(LogCursor cursor, CancellationToken cancel);

    /// <summary>A claim for a wallet to send.</summary>
    WalletTransaction BuildClaim(Address account, Wei cumulative, IReadOnlyList<Hash32> proof);

    /// <summary>A deposit for a wallet to send.</summary>
    WalletTransaction BuildDeposit(Address account, Wei amount);
}

/// <summary>What a wallet is asked to sign and send (<c>eth_sendTransaction</c>).</summary>
/// <param name="Data">"0x" and calldata.</param>
/// <param name="ValueHex">Wei as "0x" and hex digits, as wallets want it.</param>
public sealed record WalletTransaction(ChainId Chain, Address To, string Data, string ValueHex);

/// <summary>A payout root on the chain; number 0 is none.</summary>
public sealed record PayoutRoot(long Number, Hash32 Root, Wei Total, Hash32 Batch, DateTimeOffset ActiveFrom);

/// <summary>The distributor's books.</summary>
/// <param name="Proposals">Roots ever proposed: the next has this number plus one.</param>
/// <param name="Released">Deposits ever handed to the distributor.</param>
public sealed record PayoutState(PayoutRoot Active, PayoutRoot Pending, long Proposals, Wei Funded, Wei Paid, Wei Deposited, Wei Released, long Batches);

/// <summary>A Datanet version as the registry holds it.</summary>
public sealed record RegisteredVersion(Hash32 Root, Hash32 Licence, Address Provider, long Rows, DateTimeOffset Time);

/// <summary>A model as the registry holds it.</summary>
public sealed record RegisteredModel(Hash32 Manifest, Hash32 Weights, Hash32 Base, Address Developer, IReadOnlyList<Hash32> Datasets, DateTimeOffset Time);

/// <summary>A batch as the ledger holds it.</summary>
/// <param name="CommitmentHash">keccak256 of the data commitment.</param>
public sealed record PostedBatch(Hash32 Root, Hash32 CommitmentHash, long Count, Wei Total, DateTimeOffset Time);
