using OpenLedger.Contracts;
using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.DataAvailability;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Chain;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Chain;

/// <summary>The chain over restarts of the app, and with a node that is not ours.</summary>
public sealed class StartChainTests
{
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Contracts_coins_and_operator_are_there_again_after_a_restart()
    {
        using TemporaryFolder folder = new();
        Address receiver = OperatorKey.Generate().Address, node;
        ContractAddresses contracts;
        await using (ChainHost first = await ChainHost.StartAsync(folder.Path))
        {
            contracts = first.Chain.Contracts;
            node = first.Chain.Operator;
            await first.WriteAsync(db => ChainOutbox.Add(db, "gift", new SendNative(receiver, Wei.FromOpen(5)), 1));
            await first.UntilAsync("gift", OutboxState.Done);
            Assert.All(contracts.All, contract => Assert.False(contract.Address.IsZero));
        }
        await using ChainHost second = await ChainHost.StartAsync(folder.Path);
        Assert.Equal((contracts, node), (second.Chain.Contracts, second.Chain.Operator));
        Assert.Equal(Wei.FromOpen(5), await second.Chain.BalanceOfAsync(receiver, _cancel));
        ChainState state = await second.Get<ReadChainState>().ReadAsync(_cancel);
        Assert.Equal(("Practice chain", true, true), (state.Name, state.IsDevelopment, state.IsConnected));
        Assert.Equal("memstore stand-in", second.Get<IDataAvailability>().Label);
    }

    [Fact]
    public async Task Another_node_by_configuration_is_used_and_has_no_gateway_and_no_gifts()
    {
        using TemporaryFolder ours = new(), theirs = new();
        await using ChainHost owner = await ChainHost.StartAsync(theirs.Path);
        // The second Studio's account has to have coins there: it finds its key in its own folder.
        OperatorKey key = OperatorKey.LoadOrCreate(Path.Combine(ours.Path, "keys", "operator.key"));
        await owner.WriteAsync(db => ChainOutbox.Add(db, "lend", new SendNative(key.Address, Wei.FromOpen(10)), 1));
        await owner.UntilAsync("lend", OutboxState.Done);
        await using ChainHost guest = await ChainHost.StartAsync(ours.Path, "--Studio:Chain:Rpc", owner.Get<StartChain>().Rpc!.ToString());
        Assert.Equal(key.Address, guest.Chain.Operator);
        Assert.NotEqual(owner.Chain.Contracts, guest.Chain.Contracts);
        Assert.False(await guest.Get<FundWallet>().OnceAsync(OperatorKey.Generate().Address, _cancel));
        using HttpClient http = new();
        HttpResponseMessage answer = await http.PostAsync(new Uri(guest.Url, "/rpc"), new StringContent("{}"), _cancel);
        Assert.False(answer.IsSuccessStatusCode);
    }
}
