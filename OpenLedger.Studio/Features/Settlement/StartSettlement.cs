using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Queues a settlement: when an admin asks, or when enough waits or has waited long enough. One at a time.</summary>
public sealed class StartSettlement(LedgerReader reader, EnqueueJob enqueue, SettlementOptions options, TimeProvider time)
{
    private sealed record Asked(long Time);

    /// <returns>What became of it, in words for the page.</returns>
    public async Task<SettlementStart> NowAsync(Person person, CancellationToken cancel)
    {
        if (!person.IsAdmin) return SettlementStart.NotAllowed;
        return await StartAsync(static _ => true, cancel);
    }

    /// <summary>For the clock: starts one if it is due.</summary>
    internal Task<SettlementStart> IfDueAsync(CancellationToken cancel) => StartAsync(IsDue, cancel);

    private async Task<SettlementStart> StartAsync(Func<Waiting, bool> due, CancellationToken cancel)
    {
        Waiting waiting = await ReadAsync(cancel);
        if (waiting.Running) return SettlementStart.AlreadyRunning;
        if (waiting is { Unpublished: false, Shares: 0 }) return SettlementStart.NothingWaits;
        if (!due(waiting)) return SettlementStart.NotDue;
        await enqueue.EnqueueAsync(SettlementJob.Settlement, EnqueueJob.Node, new Asked(time.GetUtcNow().ToUnixTimeMilliseconds()), cancel);
        return SettlementStart.Started;
    }

    private bool IsDue(Waiting waiting) =>
        waiting.Unpublished || waiting.Amount >= options.Threshold || time.GetUtcNow().ToUnixTimeMilliseconds() - waiting.Oldest >= options.LongestWait.TotalMilliseconds;

    private Task<Waiting> ReadAsync(CancellationToken cancel) => reader.ReadAsync(async db =>
    {
        List<ShareRow> shares = await db.Shares.Where(share => share.Batch == null).ToListAsync(cancel);
        return new Waiting(
            await db.Jobs.AnyAsync(job => job.Kind == SettlementJob.Settlement && (job.State == JobState.Queued || job.State == JobState.Running), cancel),
            await db.PayoutBatches.AnyAsync(batch => batch.State != BatchState.Published, cancel),
            shares.Count,
            shares.Aggregate(Wei.Zero, (sum, share) => sum + share.Amount),
            shares.Count == 0 ? 0 : shares.Min(share => share.Time));
    });

    private sealed record Waiting(bool Running, bool Unpublished, int Shares, Wei Amount, long Oldest);
}

/// <summary>What became of the wish to settle.</summary>
public enum SettlementStart
{
    Started,
    AlreadyRunning,
    NothingWaits,
    NotDue,
    NotAllowed,
}
