using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nethereum.Hex.HexTypes;
using OpenLedger.Contracts;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Chain;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Settlement;

/// <summary>The sixth stage against our real contracts on a real development chain.</summary>
public sealed class SettleOnChainTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly SettlementWorld _calls = new(); // makes calls; its own ledger stays empty
    private readonly CancellationTokenSource _late = new(TimeSpan.FromMinutes(2));
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(["--Studio:Data", _folder.Path, "--Urls", "http://127.0.0.1:0", "--environment", "Production", "--Studio:Settlement:LookEvery", "1:00:00"]);
        builder.Logging.ClearProviders();
        builder.AddStorage().AddJobs().AddSecurity().AddChain().AddSettlement();
        _app = builder.Build();
        _app.MapStorage();
        await _app.StartAsync(_late.Token);
        while (!Get<StudioChain>().IsUp) await Task.Delay(50, _late.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _calls.Dispose();
        _late.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_deposit_pays_for_answers_and_whoever_gave_the_row_claims_it_on_the_chain()
    {
        using Wallet payer = await WalletAsync();
        using Wallet contributor = await WalletAsync();
        DepositResult.Ready deposit = Assert.IsType<DepositResult.Ready>(Get<PrepareDeposit>().Prepare(payer.Address, "0.5"));
        Assert.Equal(TransactionFate.Booked, await payer.SendAsync(deposit.Transaction, _late.Token));
        Wei half = Wei.OneOpen.MultiplyDivide(1, 2);
        Assert.Equal(half, await Get<Balances>().OfAsync(payer.Address.Key, _late.Token));

        for (int i = 0; i < 3; i++) await Get<ChargeCall>().ChargeAsync(CallOf(i, payer.Address, contributor.Address), _late.Token);
        await SettleAsync();
        Rewards earned = await Get<ReadRewards>().OfAsync(contributor.Address, _late.Token);
        Assert.True(!earned.Claimable.IsZero && earned.Claimable == earned.Earned);

        ClaimOffer offer = (await Get<PrepareClaim>().PrepareAsync(contributor.Address, _late.Token))!;
        Wei before = await Get<IChain>().BalanceOfAsync(contributor.Address, _late.Token);
        Assert.Equal(TransactionFate.Booked, await payer.SendAsync(offer.Transaction, _late.Token)); // anyone may send it: the coins go to the account
        Assert.Equal(before + earned.Claimable, await Get<IChain>().BalanceOfAsync(contributor.Address, _late.Token));
        Assert.Equal((Wei.Zero, earned.Earned), ((await Get<ReadRewards>().OfAsync(contributor.Address, _late.Token)).Claimable, (await Get<ReadRewards>().OfAsync(contributor.Address, _late.Token)).Claimed));
        Assert.Null(await Get<PrepareClaim>().PrepareAsync(contributor.Address, _late.Token));
        Assert.Empty(await Get<CheckLedger>().FaultsAsync(_late.Token));
    }

    [Fact]
    public async Task What_guests_cost_the_node_covers_over_two_batches()
    {
        for (int batch = 1; batch <= 2; batch++)
        {
            Assert.IsType<HoldResult.Held>(await Get<Balances>().HoldAsync($"h{batch}", null, Wei.OneOpen.MultiplyDivide(1, 10), _late.Token));
            await Get<ChargeCall>().ChargeAsync(_calls.Call($"g{batch}", Accounts.Guests, Wei.OneOpen.Amount / 100, $"h{batch}", batch), _late.Token);
            await SettleAsync();
        }

        PayoutState state = await Get<IChain>().PayoutStateAsync(_late.Token);
        Assert.Equal((2L, 2L, Wei.OneOpen.MultiplyDivide(2, 100), Wei.OneOpen.MultiplyDivide(2, 100), Wei.Zero), (state.Active.Number, state.Batches, state.Active.Total, state.Funded, state.Released));
        Assert.Empty(await Get<CheckLedger>().FaultsAsync(_late.Token));
    }

    private T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    private async Task SettleAsync()
    {
        TaskCompletionSource<JobProgress> over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable watch = Get<JobFeed>().Watch(step =>
        {
            if (step.State is JobState.Finished or JobState.Failed) over.TrySetResult(step);
        });
        Assert.Equal(SettlementStart.Started, await Get<StartSettlement>().NowAsync(new Person(SettlementWorld.Treasury, IsAdmin: true), _late.Token));
        JobProgress end = await over.Task.WaitAsync(_late.Token);
        Assert.True(end.State == JobState.Finished, end.Text);
    }

    private ChargedCall CallOf(int number, Address payer, Address contributor) =>
        _calls.Call($"c{number}", payer.Key, Wei.OneOpen.Amount / 100, seed: 2 * number, second: contributor);

    private async Task<Wallet> WalletAsync()
    {
        Wallet wallet = new(this);
        await Get<FundWallet>().OnceAsync(wallet.Address, _late.Token);
        while ((await Get<IChain>().BalanceOfAsync(wallet.Address, _late.Token)).IsZero) await Task.Delay(50, _late.Token);
        return wallet;
    }

    /// <summary>A person's wallet: signs with its own key and sends by the node's gateway.</summary>
    private sealed class Wallet(SettleOnChainTests test) : IDisposable
    {
        private readonly TransactionSender _sender = new(new SafeRpcClient(test.Get<ChainHttp>().Client, test.Get<StartChain>().Rpc!), OperatorKey.Generate(), ChainId.Development, new FeePolicy());

        public Address Address => _sender.Account;

        public async Task<TransactionFate> SendAsync(WalletTransaction transaction, CancellationToken cancel)
        {
            OutgoingCall call = new(transaction.To, transaction.Data, new Wei(new HexBigInteger(transaction.ValueHex).Value));
            SignedTransaction sent = await _sender.SendAsync(call, static (_, _) => Task.CompletedTask, cancel);
            return await test.Get<AwaitTransaction>().WaitAsync(sent.Hash.Key, cancel);
        }

        public void Dispose() => _sender.Dispose();
    }
}
