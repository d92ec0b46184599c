using OpenLedger.Contracts;
using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Logs;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Chain;

/// <summary>The chain for the whole app, from before it is up: until then each question ends as a node that does not answer would end it. Knows nothing of how it comes up.</summary>
public sealed class StudioChain(OperatorKey key, ChainId id) : IChain
{
    private volatile EvmChain? _chain;
    private volatile string _missing = "the chain is starting";

    public ChainId Id => id;

    public Address Operator => key.Address;

    public ContractAddresses Contracts => _chain?.Contracts ?? ContractAddresses.None;

    public bool IsUp => _chain is not null;

    /// <summary>Why it is not up.</summary>
    public string Missing => _missing;

    public Task<long> BlockNumberAsync(CancellationToken cancel) => Up().BlockNumberAsync(cancel);

    public Task<Wei> BalanceOfAsync(Address account, CancellationToken cancel) => Up().BalanceOfAsync(account, cancel);

    public Task<SignedTransaction> SendAsync(ChainAction action, Func<SignedTransaction, CancellationToken, Task> beforeBroadcast, CancellationToken cancel) => Up().SendAsync(action, beforeBroadcast, cancel);

    public Task<Broadcast> BroadcastAsync(SignedTransaction signed, CancellationToken cancel) => Up().BroadcastAsync(signed, cancel);

    public Task<TransactionOutcome> OutcomeOfAsync(TxHash hash, CancellationToken cancel) => Up().OutcomeOfAsync(hash, cancel);

    public Task<Wei> ClaimedOfAsync(Address account, CancellationToken cancel) => Up().ClaimedOfAsync(account, cancel);

    public Task<PayoutState> PayoutStateAsync(CancellationToken cancel) => Up().PayoutStateAsync(cancel);

    public Task<RegisteredVersion?> DatanetVersionAsync(Hash32 datanet, int number, CancellationToken cancel) => Up().DatanetVersionAsync(datanet, number, cancel);

    public Task<RegisteredModel?> ModelAsync(Hash32 model, CancellationToken cancel) => Up().ModelAsync(model, cancel);

    public Task<PostedBatch?> AttributionBatchAsync(long number, CancellationToken cancel) => Up().AttributionBatchAsync(number, cancel);

    public Task<ChainEventPage> EventsAsync(LogCursor cursor, CancellationToken cancel) => Up().EventsAsync(cursor, cancel);

    public WalletTransaction BuildClaim(Address account, Wei cumulative, IReadOnlyList<Hash32> proof) => Up().BuildClaim(account, cumulative, proof);

    public WalletTransaction BuildDeposit(Address account, Wei amount) => Up().BuildDeposit(account, amount);

    internal void ComeUp(EvmChain chain) => _chain = chain;

    internal void StayDown(string why) => _missing = why;

    private EvmChain Up() => _chain ?? throw new RpcTransportException("the chain", _missing);
}
