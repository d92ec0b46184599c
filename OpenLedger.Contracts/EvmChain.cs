using System.Numerics;
using Nethereum.Contracts;
using Nethereum.Web3;
using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Bindings.AttributionLedger;
using OpenLedger.Contracts.Bindings.CallDeposits;
using OpenLedger.Contracts.Bindings.DatanetRegistry;
using OpenLedger.Contracts.Bindings.ModelRegistry;
using OpenLedger.Contracts.Bindings.RewardDistributor;
using OpenLedger.Contracts.Logs;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts;

/// <summary>An EVM chain behind JSON-RPC. Decodes answers of our own contracts alone; knows nothing of the product's books.</summary>
/// <param name="contracts">All of them deployed, with code checked at start: a call to an address without code answers zero to everything.</param>
public sealed class EvmChain(SafeRpcClient rpc, TransactionSender sender, ChainId id, ContractAddresses contracts, LogIndexer indexer) : IChain
{
    private readonly Web3 _web3 = new(rpc);
    private readonly ContractCalls _calls = new(contracts);

    public ChainId Id => id;

    public Address Operator => sender.Account;

    public ContractAddresses Contracts => contracts;

    public async Task<long> BlockNumberAsync(CancellationToken cancel)
    {
        using IDisposable until = rpc.Until(cancel);
        return (long)(await _web3.Eth.Blocks.GetBlockNumber.SendRequestAsync()).Value;
    }

    public async Task<Wei> BalanceOfAsync(Address account, CancellationToken cancel)
    {
        using IDisposable until = rpc.Until(cancel);
        return new Wei((await _web3.Eth.GetBalance.SendRequestAsync(account.Key)).Value);
    }

    public Task<SignedTransaction> SendAsync(ChainAction action, Func<SignedTransaction, CancellationToken, Task> beforeBroadcast, CancellationToken cancel) =>
        sender.SendAsync(_calls.For(action), beforeBroadcast, cancel);

    public Task<Broadcast> BroadcastAsync(SignedTransaction signed, CancellationToken cancel) => sender.BroadcastAsync(signed, cancel);

    public Task<TransactionOutcome> OutcomeOfAsync(TxHash hash, CancellationToken cancel) => sender.OutcomeOfAsync(hash, cancel);

    public async Task<Wei> ClaimedOfAsync(Address account, CancellationToken cancel)
    {
        using IDisposable until = rpc.Until(cancel);
        return new Wei(await AskAsync<ClaimedFunction, BigInteger>(contracts.RewardDistributor, new ClaimedFunction { Account = account.Key }));
    }

    public async Task<PayoutState> PayoutStateAsync(CancellationToken cancel)
    {
        using IDisposable until = rpc.Until(cancel);
        Address distributor = contracts.RewardDistributor, deposits = contracts.CallDeposits;
        ActiveRootOutput active = await ReadAsync<ActiveRootFunction, ActiveRootOutput>(distributor, new ActiveRootFunction());
        PendingRootOutput pending = await ReadAsync<PendingRootFunction, PendingRootOutput>(distributor, new PendingRootFunction());
        return new PayoutState(
            RootOf(active.Value1), RootOf(pending.Root),
            (long)await AskAsync<ProposalsFunction, ulong>(distributor, new ProposalsFunction()),
            new Wei(await AskAsync<FundedFunction, BigInteger>(distributor, new FundedFunction())),
            new Wei(await AskAsync<PaidFunction, BigInteger>(distributor, new PaidFunction())),
            new Wei(await AskAsync<Bindings.CallDeposits.DepositedFunction, BigInteger>(deposits, new Bindings.CallDeposits.DepositedFunction())),
            new Wei(await AskAsync<ReleasedFunction, BigInteger>(deposits, new ReleasedFunction())),
            (long)await AskAsync<BatchesFunction, ulong>(contracts.AttributionLedger, new BatchesFunction()));
    }

    public async Task<RegisteredVersion?> DatanetVersionAsync(Hash32 datanet, int number, CancellationToken cancel)
    {
        using IDisposable until = rpc.Until(cancel);
        uint latest = await AskAsync<LatestOfFunction, uint>(contracts.DatanetRegistry, new LatestOfFunction { Datanet = datanet.ToBytes() });
        if (number < 1 || number > latest) return null;
        VersionOfOutput found = await ReadAsync<VersionOfFunction, VersionOfOutput>(contracts.DatanetRegistry, new VersionOfFunction { Datanet = datanet.ToBytes(), Number = (uint)number });
        Bindings.DatanetRegistry.Version version = found.Value1;
        return new RegisteredVersion(Hash32.FromBytes(version.Root), Hash32.FromBytes(version.Licence), Address.Parse(version.Provider), (long)version.Rows, TimeOf(version.RegisteredAt));
    }

    public async Task<RegisteredModel?> ModelAsync(Hash32 model, CancellationToken cancel)
    {
        using IDisposable until = rpc.Until(cancel);
        if (!await AskAsync<IsRegisteredFunction, bool>(contracts.ModelRegistry, new IsRegisteredFunction { Model = model.ToBytes() })) return null;
        Model found = (await ReadAsync<ModelOfFunction, ModelOfOutput>(contracts.ModelRegistry, new ModelOfFunction { Model = model.ToBytes() })).Value1;
        return new RegisteredModel(
            Hash32.FromBytes(found.Manifest), Hash32.FromBytes(found.Weights), Hash32.FromBytes(found.Base), Address.Parse(found.Developer),
            [.. found.Datasets.Select(root => Hash32.FromBytes(root))], TimeOf(found.RegisteredAt));
    }

    public async Task<PostedBatch?> AttributionBatchAsync(long number, CancellationToken cancel)
    {
        using IDisposable until = rpc.Until(cancel);
        BatchOfOutput batch = await ReadAsync<BatchOfFunction, BatchOfOutput>(contracts.AttributionLedger, new BatchOfFunction { Number = checked((ulong)number) });
        return batch.PostedAt == 0 ? null : new PostedBatch(Hash32.FromBytes(batch.Root), Hash32.FromBytes(batch.Commitment), (long)batch.Count, new Wei(batch.Total), TimeOf(batch.PostedAt));
    }

    public async Task<ChainEventPage> EventsAsync(LogCursor cursor, CancellationToken cancel)
    {
        LogPage page = await indexer.ReadAsync(cursor, cancel);
        return new ChainEventPage([.. page.Logs.Select(ChainEvent.Read).OfType<ChainEvent>()], page.Next, page.RolledBackTo, page.CaughtUp);
    }

    public WalletTransaction BuildClaim(Address account, Wei cumulative, IReadOnlyList<Hash32> proof) => ForWallet(_calls.Claim(account, cumulative, proof));

    public WalletTransaction BuildDeposit(Address account, Wei amount) => ForWallet(_calls.Deposit(account, amount));

    private WalletTransaction ForWallet(OutgoingCall call) => new(id, call.To!.Value, call.Data, new Nethereum.Hex.HexTypes.HexBigInteger(call.Value.Amount).HexValue);

    private Task<TResult> AskAsync<TMessage, TResult>(Address contract, TMessage message) where TMessage : FunctionMessage, new() =>
        _web3.Eth.GetContractQueryHandler<TMessage>().QueryAsync<TResult>(contract.Key, message);

    private Task<TOutput> ReadAsync<TMessage, TOutput>(Address contract, TMessage message)
        where TMessage : FunctionMessage, new() where TOutput : Nethereum.ABI.FunctionEncoding.Attributes.IFunctionOutputDTO, new() =>
        _web3.Eth.GetContractQueryHandler<TMessage>().QueryDeserializingToObjectAsync<TOutput>(message, contract.Key);

    private static PayoutRoot RootOf(Root root) => new((long)root.Number, Hash32.FromBytes(root.RootValue), new Wei(root.Total), Hash32.FromBytes(root.Batch), TimeOf(root.ActivatesAt));

    private static DateTimeOffset TimeOf(ulong seconds) => DateTimeOffset.FromUnixTimeSeconds((long)seconds);
}
