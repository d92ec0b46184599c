using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Tests.Features.Settlement;

public sealed class ChargeCallTests : IDisposable
{
    private static readonly Address _ann = SettlementWorld.Payers[0];

    private readonly SettlementWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_call_is_paid_from_what_was_set_aside_and_the_rest_comes_back()
    {
        await _world.Balances.DepositAsync(_ann.Key, new Wei(1000), "0x1/0", default);
        Assert.IsType<HoldResult.Held>(await _world.Balances.HoldAsync("m1", _ann, new Wei(700), default));
        Assert.Equal(new Wei(300), await _world.Balances.OfAsync(_ann.Key, default));
        await _world.Charge.ChargeAsync(_world.Call("c1", _ann.Key, 501, hold: "m1"), default);
        Assert.Equal(new Wei(499), await _world.Balances.OfAsync(_ann.Key, default));
        Assert.Equal(Wei.Zero, await _world.Balances.OfAsync(Accounts.Held, default));
        Assert.Equal(new Wei(501), await _world.Balances.OfAsync(Accounts.Owed, default));
        Assert.Empty(await _world.Check.FaultsAsync(default));
    }

    [Fact]
    public async Task A_call_charged_a_hundred_times_at_once_is_paid_once()
    {
        await _world.Balances.DepositAsync(_ann.Key, new Wei(1000), "0x1/0", default);
        ChargedCall call = _world.Call("c1", _ann.Key, 600);
        await Parallel.ForAsync(0, 100, async (_, cancel) => await _world.Charge.ChargeAsync(call, cancel));
        Assert.Equal(new Wei(400), await _world.Balances.OfAsync(_ann.Key, default));
        Assert.Equal(2, await _world.Reader.ReadAsync(db => db.Log.CountAsync()));
        Assert.Empty(await _world.Check.FaultsAsync(default));
    }

    [Fact]
    public async Task Nobody_spends_what_is_not_there_and_nothing_is_left_of_the_attempt()
    {
        await _world.Balances.DepositAsync(_ann.Key, new Wei(10), "0x1/0", default);
        await Assert.ThrowsAsync<OverdrawnException>(() => _world.Charge.ChargeAsync(_world.Call("c1", _ann.Key, 11), default));
        Assert.Equal((0, 0, 0), await _world.Reader.ReadAsync(async db => (await db.Receipts.CountAsync(), await db.Shares.CountAsync(), await db.Log.CountAsync())));
        Assert.Equal(new Wei(10), await _world.Balances.OfAsync(_ann.Key, default));
    }

    [Fact]
    public async Task A_visitor_is_paid_for_by_the_node_up_to_the_days_allowance()
    {
        Wei allowance = _world.Options.GuestAllowance;
        HoldResult.Held held = Assert.IsType<HoldResult.Held>(await _world.Balances.HoldAsync("m1", null, allowance, default));
        Assert.Equal(Accounts.Guests, held.Payer);
        HoldResult.TooLittle none = Assert.IsType<HoldResult.TooLittle>(await _world.Balances.HoldAsync("m2", null, new Wei(1), default));
        Assert.Equal((Wei.Zero, new Wei(1)), (none.Balance, none.Needed));
        await _world.Balances.ReleaseAsync("m1", default);
        _world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(allowance, await _world.Balances.GuestsTodayAsync(default));
        Assert.IsType<HoldResult.Held>(await _world.Balances.HoldAsync("m3", null, allowance, default)); // what one day left is not added to the next
        Assert.IsType<HoldResult.TooLittle>(await _world.Balances.HoldAsync("m4", null, new Wei(1), default));
        Assert.Empty(await _world.Check.FaultsAsync(default));
    }

    [Fact]
    public async Task What_a_dead_process_set_aside_comes_back()
    {
        await _world.Balances.DepositAsync(_ann.Key, new Wei(1000), "0x1/0", default);
        await _world.Balances.HoldAsync("m1", _ann, new Wei(700), default);
        await _world.Balances.HoldAsync("m2", _ann, new Wei(200), default);
        await _world.Charge.ChargeAsync(_world.Call("c2", _ann.Key, 150, hold: "m2"), default);
        await _world.Balances.ReleaseAllAsync(default);
        await _world.Balances.ReleaseAllAsync(default);
        Assert.Equal(new Wei(850), await _world.Balances.OfAsync(_ann.Key, default));
        Assert.Empty(await _world.Check.FaultsAsync(default));
    }

    [Fact]
    public async Task A_deposit_the_chain_tells_twice_is_booked_once()
    {
        Assert.True(await _world.Balances.DepositAsync(_ann.Key, new Wei(5), "0x1/0", default));
        Assert.False(await _world.Balances.DepositAsync(_ann.Key, new Wei(5), "0x1/0", default));
        Assert.True(await _world.Balances.DepositAsync(_ann.Key, new Wei(5), "0x1/1", default));
        Assert.Equal(new Wei(10), await _world.Balances.OfAsync(_ann.Key, default));
    }

    [Fact]
    public async Task Records_that_contradict_each_other_are_refused()
    {
        await _world.Balances.DepositAsync(_ann.Key, new Wei(1000), "0x1/0", default);
        ChargedCall call = _world.Call("c1", _ann.Key, 100);
        await Assert.ThrowsAsync<UnsoundCallException>(() => _world.Charge.ChargeAsync(call with { Receipt = call.Receipt + " " }, default));
        await Assert.ThrowsAsync<UnsoundCallException>(() => _world.Charge.ChargeAsync(call with { Attribution = call.Attribution with { Parent = Sha256Hash.Of([9]) } }, default));
        await Assert.ThrowsAsync<UnsoundCallException>(() => _world.Charge.ChargeAsync(call with { Split = _world.Call("c1", _ann.Key, 99).Split }, default));
        Assert.Equal(new Wei(1000), await _world.Balances.OfAsync(_ann.Key, default));
    }

    [Fact]
    public async Task Both_records_stand_in_the_log_signed_and_provable()
    {
        await _world.Balances.DepositAsync(_ann.Key, new Wei(1000), "0x1/0", default);
        for (int i = 0; i < 5; i++) await _world.Charge.ChargeAsync(_world.Call($"c{i}", _ann.Key, 100), default);
        ChargedCall call = _world.Call("c3", _ann.Key, 100);
        foreach (Sha256Hash record in new[] { call.ReceiptId, call.Attribution.Id })
        {
            LoggedRecord? logged = await _world.ReadLog.ProveAsync(record, default);
            Assert.True(logged is { HashFits: true, SignatureFits: true, IsIncluded: true });
            logged.Row.GetType().GetProperty(nameof(logged.Row.Json))!.SetValue(logged.Row, logged.Row.Json.Replace("c3", "c4", StringComparison.Ordinal).Replace("\"time\":1", "\"time\":2", StringComparison.Ordinal));
            Assert.False(logged.HashFits || logged.SignatureFits || logged.IsIncluded);
        }
    }
}
