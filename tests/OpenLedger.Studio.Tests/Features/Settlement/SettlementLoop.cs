using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Settlement;

/// <summary>The sixth stage over a real ledger and a chain of rules, with an outbox that goes on a step a wait, and may die at any.</summary>
internal sealed class SettlementLoop : IDisposable
{
    private CancellationTokenSource _life = new();
    private int? _stepsToLive;

    public SettlementLoop(SettlementOptions? options = null)
    {
        World = new SettlementWorld(options);
        PumpedTime time = new(World.Time, StepAsync);
        SendActs acts = new(World.Writer, World.Reader, time);
        CollectBatch collect = new(World.Writer, World.Log, World.Time);
        Settle = new SettleBatch(collect, acts, World.Writer, World.Reader, Chain, Data, World.Time);
        Follow = new FollowChain(Chain, new BookChainEvent(Chain), World.Writer, World.Reader, World.Time, NullLogger<FollowChain>.Instance);
        Prepare = new PrepareClaim(World.Reader, Chain);
        Rewards = new ReadRewards(World.Reader, World.Catalogue, World.Time);
    }

    public SettlementWorld World { get; }

    public FakeChain Chain { get; } = new();

    public FakeDataAvailability Data { get; } = new();

    public SettleBatch Settle { get; }

    public FollowChain Follow { get; }

    public PrepareClaim Prepare { get; }

    public ReadRewards Rewards { get; }

    /// <summary>Settles to the end, or dies after so many steps of the outbox.</summary>
    /// <returns>Nothing where it died.</returns>
    public async Task<SettleResult?> SettleAsync(int? stepsToLive = null)
    {
        _life.Dispose();
        _life = new CancellationTokenSource();
        _stepsToLive = stepsToLive;
        if (stepsToLive == 0) await _life.CancelAsync();
        try
        {
            return await Settle.SettleAsync(_life.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Claims what there is to claim, as a wallet would.</summary>
    public async Task<Wei> ClaimAsync(Address account)
    {
        if (await Prepare.PrepareAsync(account, default) is not ClaimOffer offer) return Wei.Zero;
        string[] data = offer.Transaction.Data.Split(',');
        Chain.Claim(account, Wei.Parse(data[0]), [.. data.Skip(1).Select(Hash32.Parse)]);
        await Follow.CatchUpAsync(default);
        return offer.Amount;
    }

    public void Dispose()
    {
        Settle.Dispose();
        Follow.Dispose();
        World.Dispose();
        _life.Dispose();
    }

    // One act is sent, or the process dies: before the act, or after it and before anybody heard of it.
    private async Task StepAsync()
    {
        if (_stepsToLive is 1) await _life.CancelAsync();
        else if (_stepsToLive is not null) _stepsToLive--;
        await World.Writer.WriteAsync(
            db =>
            {
                if (db.Outbox.Where(row => row.State == OutboxState.Waiting).OrderBy(row => row.Id).FirstOrDefault() is not OutboxRow row) return;
                Chain.Do(JsonSerializer.Deserialize<ChainAction>(row.Payload)!);
                row.TransactionHash = Hash32.KeccakOf(System.Text.Encoding.UTF8.GetBytes(row.Key)).Key;
                row.MoveTo(OutboxState.Done);
            },
            default);
    }
}
