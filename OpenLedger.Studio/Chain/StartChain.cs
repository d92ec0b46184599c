using OpenLedger.Contracts;
using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Development;
using OpenLedger.Contracts.Logs;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Chain;

/// <summary>Brings the chain up behind the running app: starts the development chain or finds the configured node, deploys what is missing, tries again until it is there. Stops what it started.</summary>
public sealed class StartChain(ChainOptions options, ChainHttp http, OperatorKey key, StudioChain chain, StudioFolders folders, TimeProvider time, ILogger<StartChain> log) : BackgroundService
{
    // The operator of a development chain never runs dry; a coin there is worth nothing.
    private static readonly Wei _operatorBalance = Wei.FromOpen(1_000_000_000);

    private DevelopmentChain? _development;

    /// <summary>Where the node listens; null until it does.</summary>
    public Uri? Rpc => options.Rpc ?? _development?.Rpc;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_development is not null) await _development.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (int wait = 1; !await TryAsync(stoppingToken); wait = Math.Min(2 * wait, 60)) await Task.Delay(TimeSpan.FromSeconds(wait), time, stoppingToken);
    }

    private async Task<bool> TryAsync(CancellationToken cancel)
    {
        try
        {
            await UpAsync(cancel);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            chain.StayDown(error.Message);
            log.LogError("The chain is not up and is tried again: {Reason}", error.Message);
            return false;
        }
    }

    private async Task UpAsync(CancellationToken cancel)
    {
        ChainId id = chain.Id;
        SafeRpcClient rpc = new(http.Client, options.Rpc ?? await StartDevelopmentAsync(cancel));
        await RequireChainAsync(rpc, id, cancel);
        TransactionSender sender = new(rpc, key, id, new FeePolicy());
        ContractsFile file = new(folders.Chain, id);
        ContractAddresses contracts = await new DeployContracts(rpc, sender, time).EnsureAsync(file.Read(), options.RootDelay, (now, _) => { file.Write(now); return Task.CompletedTask; }, cancel);
        chain.ComeUp(new EvmChain(rpc, sender, id, contracts, new LogIndexer(rpc, [contracts.CallDeposits, contracts.RewardDistributor])));
        log.LogInformation("Chain {Id} is up; the node's account is {Operator}", id, key.Address);
    }

    private async Task<Uri> StartDevelopmentAsync(CancellationToken cancel)
    {
        if (_development?.Rpc is Uri running) return running;
        _development ??= new DevelopmentChain(
            new DevelopmentChainOptions { Anvil = AnvilBinary.Find(options.Anvil, AppContext.BaseDirectory), Folder = folders.Chain, Id = chain.Id, Port = options.Port }, http.Client, time);
        await _development.StartAsync(cancel);
        await _development.SetBalanceAsync(key.Address, _operatorBalance, cancel);
        return _development.Rpc!;
    }

    // Signed for one chain and sent to another, a transaction would at best be lost.
    private static async Task RequireChainAsync(SafeRpcClient rpc, ChainId id, CancellationToken cancel)
    {
        string found = await rpc.AskAsync<string>("eth_chainId", cancel);
        if (found != id.Hex) throw new ChainMismatchException($"the node at {rpc.Url} is of chain {found}, configured is {id.Hex} (Studio:Chain:Id)");
    }
}
