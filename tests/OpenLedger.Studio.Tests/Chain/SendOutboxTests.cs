using System.Text;
using OpenLedger.Contracts;
using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Chain;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Chain;

/// <summary>The outbox against a real node: in order, once, and whole after a crash at any place.</summary>
public sealed class SendOutboxTests(ChainFixture fixture) : IClassFixture<ChainFixture>
{
    private readonly ChainHost _host = fixture.Host;
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    private static Address Someone => OperatorKey.Generate().Address;

    private static Hash32 Word(string text) => Hash32.KeccakOf(Encoding.UTF8.GetBytes(text));

    private Task AddAsync(string key, ChainAction action) => _host.WriteAsync(db => ChainOutbox.Add(db, key, action, 1));

    [Fact]
    public async Task Acts_are_done_in_order_though_each_builds_on_the_one_before()
    {
        Hash32 datanet = Word("in order");
        await _host.WriteAsync(db =>
        {
            for (int i = 1; i <= 8; i++) ChainOutbox.Add(db, $"order/{i}", new RegisterDatanetVersion(datanet, i, Word($"root {i}"), Word("licence"), 10, Someone), 1);
        });
        OutboxRow last = await _host.UntilAsync("order/8", OutboxState.Done);
        Assert.NotNull(last.Block);
        Assert.Equal(Word("root 8"), (await _host.Chain.DatanetVersionAsync(datanet, 8, _cancel))!.Root);
    }

    [Fact]
    public async Task The_same_key_is_done_once()
    {
        Address receiver = Someone;
        for (int i = 0; i < 3; i++) await AddAsync($"once/{receiver.Key}", new SendNative(receiver, Wei.FromOpen(2)));
        await _host.UntilAsync($"once/{receiver.Key}", OutboxState.Done);
        await AddAsync($"once/{receiver.Key}", new SendNative(receiver, Wei.FromOpen(2)));
        await AddAsync($"after/{receiver.Key}", new SendNative(Someone, Wei.OneOpen));
        await _host.UntilAsync($"after/{receiver.Key}", OutboxState.Done);
        Assert.Equal(Wei.FromOpen(2), await _host.Chain.BalanceOfAsync(receiver, _cancel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_after_signing_sends_the_kept_bytes_and_no_others(bool alsoSent)
    {
        // What a dead process leaves: a row with bytes, hash and nonce, sent or not.
        Address receiver = Someone;
        SendNative action = new(receiver, Wei.FromOpen(3));
        SignedTransaction? kept = null;
        try
        {
            await _host.Chain.SendAsync(action, (signed, _) =>
            {
                kept = signed;
                return alsoSent ? Task.CompletedTask : throw new InvalidTimeZoneException("the process dies here");
            }, _cancel);
        }
        catch (InvalidTimeZoneException)
        {
            Assert.False(alsoSent);
        }
        await _host.WriteAsync(db =>
        {
            OutboxRow row = ChainOutbox.Add(db, $"crash/{receiver.Key}", action, 1);
            (row.RawTransaction, row.TransactionHash, row.Nonce) = (kept!.Raw, kept.Hash.Key, kept.Nonce);
            row.MoveTo(OutboxState.Signed);
        });
        OutboxRow done = await _host.UntilAsync($"crash/{receiver.Key}", OutboxState.Done);
        Assert.Equal(kept!.Hash.Key, done.TransactionHash);
        Assert.Equal(Wei.FromOpen(3), await _host.Chain.BalanceOfAsync(receiver, _cancel));
    }

    [Fact]
    public async Task Bytes_whose_nonce_was_used_are_signed_anew()
    {
        Address receiver = Someone;
        SendNative action = new(receiver, Wei.FromOpen(4));
        SignedTransaction? stale = null;
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => _host.Chain.SendAsync(action, (signed, _) => { stale = signed; throw new InvalidTimeZoneException(); }, _cancel));
        await _host.Chain.SendAsync(new SendNative(Someone, Wei.OneOpen), (_, _) => Task.CompletedTask, _cancel);
        await _host.WriteAsync(db =>
        {
            OutboxRow row = ChainOutbox.Add(db, $"stale/{receiver.Key}", action, 1);
            (row.RawTransaction, row.TransactionHash, row.Nonce) = (stale!.Raw, stale.Hash.Key, stale.Nonce);
            row.MoveTo(OutboxState.Signed);
        });
        OutboxRow done = await _host.UntilAsync($"stale/{receiver.Key}", OutboxState.Done);
        Assert.NotEqual(stale!.Hash.Key, done.TransactionHash);
        Assert.Equal(Wei.FromOpen(4), await _host.Chain.BalanceOfAsync(receiver, _cancel));
    }

    [Fact]
    public async Task A_refusal_is_kept_with_its_facts_and_holds_nothing_up()
    {
        await AddAsync("refused", new ReleaseDeposits(Wei.FromOpen(1_000_000)));
        await AddAsync("after refused", new SendNative(Someone, Wei.OneOpen));
        await _host.UntilAsync("after refused", OutboxState.Done);
        OutboxRow refused = await _host.RowAsync("refused");
        Assert.Equal(OutboxState.Failed, refused.State);
        Assert.StartsWith("ReleaseBeyondDeposits(deposited: ", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_fails_and_holds_nothing_up()
    {
        await _host.WriteAsync(db => db.Outbox.Add(new OutboxRow { Key = "garbage", Kind = ChainOutbox.Kind, Payload = "{\"action\":\"steal\"}", Created = 1 }));
        await AddAsync("after garbage", new SendNative(Someone, Wei.OneOpen));
        await _host.UntilAsync("after garbage", OutboxState.Done);
        Assert.Equal(OutboxState.Failed, (await _host.RowAsync("garbage")).State);
    }

    [Fact]
    public async Task Acts_of_blocks_that_are_gone_are_done_again()
    {
        Hash32 model = Word("lost and found");
        string snapshot = await _host.Node.AskAsync<string>("evm_snapshot", _cancel);
        await AddAsync("lost", new RegisterModel(model, Word("manifest"), Word("weights"), Word("base"), [], Someone));
        OutboxRow before = await _host.UntilAsync("lost", OutboxState.Done);
        Assert.True(await _host.Node.AskAsync<bool>("evm_revert", _cancel, snapshot));
        Assert.Null(await _host.Chain.ModelAsync(model, _cancel));
        await _host.Get<SendOutbox>().ReopenLostAsync(_cancel);
        OutboxRow after = await _host.UntilAsync("lost", OutboxState.Done);
        Assert.Equal(before.TransactionHash, after.TransactionHash);
        Assert.NotNull(await _host.Chain.ModelAsync(model, _cancel));
    }

    [Fact]
    public async Task A_wallet_is_given_its_first_coins_once()
    {
        Address wallet = Someone;
        FundWallet fund = _host.Get<FundWallet>();
        Assert.True(await fund.OnceAsync(wallet, _cancel));
        Assert.True(await fund.OnceAsync(wallet, _cancel));
        await _host.UntilAsync($"gift/{wallet.Key}", OutboxState.Done);
        Assert.Equal(Wei.FromOpen(100), await _host.Chain.BalanceOfAsync(wallet, _cancel));
    }
}
