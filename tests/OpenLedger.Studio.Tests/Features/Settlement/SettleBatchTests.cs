using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.DataAvailability;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Settlement;

public sealed class SettleBatchTests
{
    private static readonly Address _ann = SettlementWorld.Payers[0];

    [Fact]
    public async Task A_coin_goes_from_a_deposit_to_the_wallet_of_whoever_gave_the_row()
    {
        using SettlementLoop loop = new();
        await DepositAsync(loop, _ann, 10_000);
        await loop.World.Charge.ChargeAsync(loop.World.Call("c1", _ann.Key, 1_000), default);
        SettleResult.Settled settled = Assert.IsType<SettleResult.Settled>(await loop.SettleAsync());
        Assert.Equal((1L, new Wei(1_000), new Wei(1_000), 1, BatchState.Published), (settled.Batch.Number, settled.Batch.Amount, settled.Batch.Cumulative, settled.Batch.Records, settled.Batch.State));
        Address contributor = SettlementWorld.Contributors[3];
        Rewards before = await loop.Rewards.OfAsync(contributor, default);
        Assert.Equal((before.Earned, Wei.Zero), (before.Claimable, before.Claimed));
        Assert.Equal(before.Claimable, await loop.ClaimAsync(contributor));
        Rewards after = await loop.Rewards.OfAsync(contributor, default);
        Assert.Equal((Wei.Zero, before.Earned, 1), (after.Claimable, after.Claimed, after.Claims.Count));
        Assert.Equal(Wei.Zero, await loop.ClaimAsync(contributor)); // once
        Assert.Empty(await loop.World.Check.FaultsAsync(default));
    }

    [Fact]
    public async Task What_guests_cost_the_node_pays_before_a_root_promises_it()
    {
        using SettlementLoop loop = new();
        Assert.IsType<HoldResult.Held>(await loop.World.Balances.HoldAsync("m1", null, new Wei(5_000), default));
        await loop.World.Charge.ChargeAsync(loop.World.Call("c1", Accounts.Guests, 3_000, hold: "m1"), default);
        SettleResult.Settled settled = Assert.IsType<SettleResult.Settled>(await loop.SettleAsync());
        Assert.Equal((new Wei(3_000), new Wei(3_000)), (settled.Batch.Cover, loop.Chain.Funded));
        Assert.Empty(await loop.World.Check.FaultsAsync(default));
    }

    [Fact]
    public async Task The_batchs_data_are_the_records_its_root_commits_to()
    {
        using SettlementLoop loop = new();
        await DepositAsync(loop, _ann, 10_000);
        for (int i = 0; i < 7; i++) await loop.World.Charge.ChargeAsync(loop.World.Call($"c{i}", _ann.Key, 500, seed: i), default);
        PayoutBatchRow batch = Assert.IsType<SettleResult.Settled>(await loop.SettleAsync()).Batch;
        string[] lines = Encoding.UTF8.GetString(Assert.Single(loop.Data.Payloads)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(15, lines.Length); // the batch, then seven receipts with their attribution
        Assert.Equal(batch.RecordHash, Sha256Hash.Of(Encoding.UTF8.GetBytes(lines[0])).Hex);
        Sha256Hash[] leaves = [.. lines.Skip(1).Where((_, i) => i % 2 == 1).Select(line => MerkleTree.LeafOf(Encoding.UTF8.GetBytes(line)))];
        Assert.Equal(batch.RecordsRoot, MerkleTree.Root(leaves).Hex);
    }

    [Fact]
    public async Task While_data_availability_is_away_the_batch_waits_and_takes_in_nothing_more()
    {
        using SettlementLoop loop = new();
        await DepositAsync(loop, _ann, 10_000);
        await loop.World.Charge.ChargeAsync(loop.World.Call("c1", _ann.Key, 500), default);
        loop.Data.Answer = new PutResult.Down();
        SettleResult.Waits waits = Assert.IsType<SettleResult.Waits>(await loop.SettleAsync());
        Assert.Contains("does not answer", waits.Reason, StringComparison.Ordinal);
        await loop.World.Charge.ChargeAsync(loop.World.Call("c2", _ann.Key, 700), default);
        loop.Data.Answer = null;
        Assert.Equal(new Wei(500), Assert.IsType<SettleResult.Settled>(await loop.SettleAsync()).Batch.Amount);
        Assert.Equal(new Wei(700), Assert.IsType<SettleResult.Settled>(await loop.SettleAsync()).Batch.Amount);
        Assert.IsType<SettleResult.NothingWaits>(await loop.SettleAsync());
        Assert.Empty(await loop.World.Check.FaultsAsync(default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_settlement_that_dies_at_any_step_goes_on_and_pays_once(int steps)
    {
        using SettlementLoop loop = new();
        await DepositAsync(loop, _ann, 10_000);
        await loop.World.Balances.HoldAsync("g", null, new Wei(400), default);
        await loop.World.Charge.ChargeAsync(loop.World.Call("c1", _ann.Key, 1_000), default);
        await loop.World.Charge.ChargeAsync(loop.World.Call("c2", Accounts.Guests, 400, hold: "g", seed: 1), default);
        await loop.SettleAsync(steps);
        SettleResult again = (await loop.SettleAsync())!;
        Assert.True(again is SettleResult.Settled or SettleResult.NothingWaits);
        PayoutBatchRow batch = Assert.Single(await loop.World.Reader.ReadAsync(db => db.PayoutBatches.ToListAsync()));
        Assert.Equal((BatchState.Published, new Wei(1_400), new Wei(1_400)), (batch.State, batch.Amount, loop.Chain.Funded));
        Assert.Empty(await loop.World.Check.FaultsAsync(default));
    }

    [Fact]
    public async Task A_deposit_whose_block_is_replaced_is_taken_back_and_what_was_spent_of_it_the_node_bears()
    {
        using SettlementLoop loop = new();
        await DepositAsync(loop, _ann, 1_000);
        await DepositAsync(loop, _ann, 500);
        await loop.World.Charge.ChargeAsync(loop.World.Call("c1", _ann.Key, 1_200), default);
        loop.Chain.ReplaceLastBlock();
        await loop.Follow.CatchUpAsync(default);
        Assert.Equal(Wei.Zero, await loop.World.Balances.OfAsync(_ann.Key, default));
        Assert.Empty(await loop.World.Check.FaultsAsync(default));
        await DepositAsync(loop, _ann, 500); // mined anew
        Assert.Equal(new Wei(500), await loop.World.Balances.OfAsync(_ann.Key, default));
        Assert.Empty(await loop.World.Check.FaultsAsync(default));
    }

    private abstract record Act
    {
        public sealed record Deposit(int Payer, int Amount) : Act;

        public sealed record Call(int Payer, int Fee, bool Hold, int Seed) : Act;

        public sealed record Guest(int Fee, int Seed) : Act;

        public sealed record Settle(int Steps) : Act;

        public sealed record Claim(int Account) : Act;
    }

    private static readonly Gen<Act> _acts = Gen.Frequency(
        (3, Gen.Select(Gen.Int[0, 2], Gen.Int[1, 5_000_000], (payer, amount) => (Act)new Act.Deposit(payer, amount))),
        (5, Gen.Select(Gen.Int[0, 2], Gen.Int[0, 1_000_003], Gen.Bool, Gen.Int[0, 20], (payer, fee, hold, seed) => (Act)new Act.Call(payer, fee, hold, seed))),
        (2, Gen.Select(Gen.Int[0, 999_999], Gen.Int[0, 20], (fee, seed) => (Act)new Act.Guest(fee, seed))),
        (3, Gen.Int[0, 12].Select(steps => (Act)new Act.Settle(steps))),
        (2, Gen.Int[0, 7].Select(account => (Act)new Act.Claim(account))));

    [Fact]
    public async Task Whatever_is_called_settled_killed_and_claimed_every_wei_is_somewhere_once()
    {
        Address[] earners = [SettlementWorld.Treasury, SettlementWorld.Developer, .. SettlementWorld.Contributors];
        await _acts.Array[1, 24].SampleAsync(
            async acts =>
            {
                using SettlementLoop loop = new(new SettlementOptions { GuestAllowance = new Wei(2_000_000) });
                for (int i = 0; i < acts.Length; i++)
                {
                    await DoAsync(loop, acts[i], i, earners);
                    Assert.Empty(await loop.World.Check.FaultsAsync(default));
                }

                while (await loop.SettleAsync() is not SettleResult.NothingWaits)
                {
                }

                foreach (Address earner in earners) await loop.ClaimAsync(earner);
                Assert.Empty(await loop.World.Check.FaultsAsync(default));
                List<ReceiptRow> receipts = await loop.World.Reader.ReadAsync(db => db.Receipts.ToListAsync());
                Assert.Equal(receipts.Aggregate(Wei.Zero, (sum, receipt) => sum + receipt.Fee), loop.Chain.Paid);
                Assert.Equal(Wei.Zero, await loop.World.Balances.OfAsync(Accounts.Distributor, default));
                foreach (Address earner in earners) Assert.Equal((await loop.Rewards.OfAsync(earner, default)).Earned, loop.Chain.Claimed.GetValueOrDefault(earner));
            },
            iter: 25, threads: 1);
    }

    private static async Task DoAsync(SettlementLoop loop, Act act, int number, Address[] earners)
    {
        switch (act)
        {
            case Act.Deposit deposit:
                await DepositAsync(loop, SettlementWorld.Payers[deposit.Payer], deposit.Amount);
                break;
            case Act.Call call:
                Address payer = SettlementWorld.Payers[call.Payer];
                Wei balance = await loop.World.Balances.OfAsync(payer.Key, default);
                string? hold = call.Hold && balance >= new Wei(call.Fee + 7) && await loop.World.Balances.HoldAsync($"h{number}", payer, new Wei(call.Fee + 7), default) is HoldResult.Held ? $"h{number}" : null;
                ChargedCall charged = loop.World.Call($"c{number}", payer.Key, call.Fee, hold, call.Seed);
                if (balance >= new Wei(call.Fee)) await loop.World.Charge.ChargeAsync(charged, default);
                else await Assert.ThrowsAsync<OverdrawnException>(() => loop.World.Charge.ChargeAsync(charged, default));
                break;
            case Act.Guest guest:
                if (await loop.World.Balances.HoldAsync($"g{number}", null, new Wei(guest.Fee), default) is HoldResult.Held)
                    await loop.World.Charge.ChargeAsync(loop.World.Call($"c{number}", Accounts.Guests, guest.Fee, $"g{number}", guest.Seed), default);
                break;
            case Act.Settle settle:
                await loop.SettleAsync(settle.Steps);
                break;
            case Act.Claim claim:
                await loop.ClaimAsync(earners[claim.Account % earners.Length]);
                break;
        }
    }

    private static async Task DepositAsync(SettlementLoop loop, Address payer, int amount)
    {
        loop.Chain.Deposit(payer, new Wei(amount));
        await loop.Follow.CatchUpAsync(default);
    }
}
