using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts;
using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.DataAvailability;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>
/// Brings one batch from the ledger to the chain: its records to data availability, its root to the attribution ledger, money and root to the distributor.
/// Each step is kept before the next, and each act on the chain waits in the outbox under a fixed key, so that a crash anywhere goes on from there.
/// </summary>
public sealed class SettleBatch(CollectBatch collect, SendActs acts, LedgerWriter ledger, LedgerReader reader, IChain chain, IDataAvailability data, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task<SettleResult> SettleAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (await collect.OpenAsync(cancel) is not PayoutBatchRow batch) return new SettleResult.NothingWaits();
            if (chain.Contracts.RewardDistributor.IsZero) return new SettleResult.Waits(batch.Number, "The chain is not up. The batch is kept and goes on when it is.");
            if (batch.State == BatchState.Collected)
            {
                if (await StoreRecordsAsync(batch, cancel) is SettleResult.Waits waits) return waits;
                batch = await ReadAsync(batch.Number, cancel);
            }

            if (batch.State == BatchState.DataStored) batch = await RecordAsync(batch, cancel);
            if (batch.State == BatchState.Recorded) batch = await PublishAsync(batch, cancel);
            return new SettleResult.Settled(batch);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    // Putting the same bytes twice does no harm: the commitment that is kept is the one that counts.
    private async Task<SettleResult.Waits?> StoreRecordsAsync(PayoutBatchRow batch, CancellationToken cancel)
    {
        byte[] records = await RecordsAsync(batch.Number, cancel);
        PutResult put = await data.PutAsync(records, cancel);
        if (put is not PutResult.Stored stored) return new SettleResult.Waits(batch.Number, Words(put));
        await MoveAsync(batch.Number, BatchState.DataStored, row => row.DataCommitment = stored.Commitment.Hex, cancel);
        return null;
    }

    private async Task<PayoutBatchRow> RecordAsync(PayoutBatchRow batch, CancellationToken cancel)
    {
        PostAttributionBatch post = new(batch.Number, Hash32.Parse(batch.RecordsRoot), batch.DataCommitment!, batch.Records, batch.Amount);
        await acts.DoneAsync($"batch/{batch.Number}/ledger", post, cancel);
        return await MoveAsync(batch.Number, BatchState.Recorded, static _ => { }, cancel);
    }

    // The distributor must have the money before a root may promise it.
    private async Task<PayoutBatchRow> PublishAsync(PayoutBatchRow batch, CancellationToken cancel)
    {
        if (!batch.Cover.IsZero) await acts.DoneAsync($"batch/{batch.Number}/cover", new SendNative(chain.Contracts.RewardDistributor, batch.Cover), cancel);
        if (batch.Amount > batch.Cover) await acts.DoneAsync($"batch/{batch.Number}/release", new ReleaseDeposits(await SpentDepositsAsync(batch.Number, cancel)), cancel);
        SetPayoutRoot root = new(batch.Number, Hash32.Parse(batch.Root), batch.Cumulative, Hash32.Parse(batch.RecordHash));
        OutboxRow sent = await acts.DoneAsync($"batch/{batch.Number}/root", root, cancel);
        PayoutState state = await chain.PayoutStateAsync(cancel);
        PayoutRoot published = state.Pending.Number == batch.Number ? state.Pending : state.Active;
        return await MoveAsync(
            batch.Number, BatchState.Published,
            row => (row.Transaction, row.Published, row.Active) = (sent.TransactionHash, time.GetUtcNow().ToUnixTimeMilliseconds(), published.ActiveFrom.ToUnixTimeMilliseconds()),
            cancel);
    }

    private Task<Wei> SpentDepositsAsync(long upTo, CancellationToken cancel) => reader.ReadAsync(async db =>
    {
        List<PayoutBatchRow> batches = await db.PayoutBatches.Where(batch => batch.Number <= upTo).ToListAsync(cancel);
        return batches.Aggregate(Wei.Zero, (sum, batch) => sum + (batch.Amount - batch.Cover));
    });

    /// <summary>The batch's data: its own record, then each receipt and its attribution record, one line each.</summary>
    private Task<byte[]> RecordsAsync(long number, CancellationToken cancel) => reader.ReadAsync(async db =>
    {
        string hash = (await db.PayoutBatches.SingleAsync(batch => batch.Number == number, cancel)).RecordHash;
        List<string> lines = [(await db.Log.SingleAsync(row => row.Hash == hash, cancel)).Json];
        foreach (ReceiptRow receipt in await db.Receipts.Where(row => row.Batch == number).OrderBy(row => row.Time).ThenBy(row => row.AttributionId).ToListAsync(cancel))
            lines.AddRange([receipt.Json, receipt.Attribution]);
        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    });

    private Task<PayoutBatchRow> ReadAsync(long number, CancellationToken cancel) => reader.ReadAsync(db => db.PayoutBatches.SingleAsync(batch => batch.Number == number, cancel));

    private Task<PayoutBatchRow> MoveAsync(long number, BatchState next, Action<PayoutBatchRow> change, CancellationToken cancel) => ledger.WriteAsync(
        db =>
        {
            PayoutBatchRow row = db.PayoutBatches.Single(batch => batch.Number == number);
            row.MoveTo(next);
            change(row);
            return row;
        },
        cancel);

    private static string Words(PutResult put) => put switch
    {
        PutResult.TooLarge large => $"The batch's records are {large.Bytes:N0} bytes; data availability takes {large.Most:N0}.",
        PutResult.RateLimited => "Data availability asks to wait. The batch is kept and goes on later.",
        PutResult.Down => "Data availability does not answer. The batch is kept and goes on when it does.",
        PutResult.Refused refused => $"Data availability refused the batch's records ({refused.Status}): {refused.Reason}",
        _ => throw new JsonException($"{put.GetType().Name} is no answer of data availability"),
    };
}

/// <summary>What came of a settlement.</summary>
public abstract record SettleResult
{
    private SettleResult()
    {
    }

    public sealed record Settled(PayoutBatchRow Batch) : SettleResult;

    /// <summary>No share waits.</summary>
    public sealed record NothingWaits : SettleResult;

    /// <param name="Batch">It is kept and goes on later.</param>
    /// <param name="Reason">In words for people.</param>
    public sealed record Waits(long Batch, string Reason) : SettleResult;
}
