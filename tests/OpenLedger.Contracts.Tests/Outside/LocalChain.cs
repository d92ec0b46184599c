using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Development;
using OpenLedger.Contracts.Logs;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Tests.Outside;

/// <summary>A real anvil in a folder of its own, with our contracts on it. One a test class.</summary>
public sealed class LocalChain : IAsyncLifetime
{
    private readonly HttpClient _http = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("openledger-chain-").FullName;

    public OperatorKey Operator { get; } = OperatorKey.Generate();

    public DevelopmentChain Node { get; private set; } = null!;

    public SafeRpcClient Rpc { get; private set; } = null!;

    public TransactionSender Sender { get; private set; } = null!;

    public ContractAddresses Contracts { get; private set; } = ContractAddresses.None;

    public EvmChain Chain { get; private set; } = null!;

    public static DevelopmentChainOptions OptionsFor(string folder) => new() { Anvil = AnvilBinary.Find(null, AppContext.BaseDirectory), Folder = folder };

    public DevelopmentChain NewNode() => new(OptionsFor(Folder), _http, TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        Node = NewNode();
        await Node.StartAsync(cancel);
        await Node.SetBalanceAsync(Operator.Address, Wei.FromOpen(1_000_000), cancel);
        Rpc = new SafeRpcClient(_http, Node.Rpc!);
        Sender = new TransactionSender(Rpc, Operator, ChainId.Development, new FeePolicy());
        Contracts = await new DeployContracts(Rpc, Sender, TimeProvider.System).EnsureAsync(ContractAddresses.None, TimeSpan.Zero, (_, _) => Task.CompletedTask, cancel);
        Chain = new EvmChain(Rpc, Sender, ChainId.Development, Contracts, new LogIndexer(Rpc, [Contracts.CallDeposits, Contracts.RewardDistributor]));
    }

    /// <summary>A funded account with a sender of its own, as a wallet would be.</summary>
    public async Task<TransactionSender> WalletAsync(long open = 100)
    {
        OperatorKey key = OperatorKey.Generate();
        await Node.SetBalanceAsync(key.Address, Wei.FromOpen(open), TestContext.Current.CancellationToken);
        return new TransactionSender(Rpc, key, ChainId.Development, new FeePolicy());
    }

    /// <summary>Sends and sees to it that it was mined with success.</summary>
    public static async Task<TransactionOutcome> MineAsync(TransactionSender sender, OutgoingCall call)
    {
        SignedTransaction sent = await sender.SendAsync(call, (_, _) => Task.CompletedTask, TestContext.Current.CancellationToken);
        TransactionOutcome outcome = await MinedAsync(sender, sent.Hash);
        Assert.Equal(TransactionState.Succeeded, outcome.State);
        return outcome;
    }

    /// <summary>Where a transaction stands once it is mined: anvil answers a send a little before its block is there.</summary>
    public static async Task<TransactionOutcome> MinedAsync(TransactionSender sender, TxHash hash)
    {
        for (int i = 0; i < 1000; i++)
        {
            TransactionOutcome outcome = await sender.OutcomeOfAsync(hash, TestContext.Current.CancellationToken);
            if (outcome.State != TransactionState.Pending) return outcome;
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        return new TransactionOutcome(TransactionState.Pending);
    }

    public static OutgoingCall CallOf(WalletTransaction transaction) =>
        new(transaction.To, transaction.Data, new Wei(new Nethereum.Hex.HexTypes.HexBigInteger(transaction.ValueHex).Value));

    public async Task<TransactionOutcome> DoAsync(ChainAction action) => await MineAsync(Sender, new ContractCalls(Contracts).For(action));

    public async ValueTask DisposeAsync()
    {
        Sender?.Dispose();
        if (Node is not null) await Node.DisposeAsync();
        _http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
