using OpenLedger.Studio.Jobs;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Settlement as a job: goes on with the batch that stands, or makes one. Knows nothing of when.</summary>
public sealed class SettlementJob(SettleBatch settle) : IJobBody
{
    public const string Settlement = "settlement";

    public string Kind => Settlement;

    public async Task<JobOutcome> RunAsync(JobContext job, CancellationToken cancel)
    {
        await job.ReportAsync(1_000, "Bringing the waiting shares to the chain", cancel);
        return await settle.SettleAsync(cancel) switch
        {
            SettleResult.Settled settled => new JobOutcome.Finished($"{settled.Batch.Number}"),
            SettleResult.NothingWaits => new JobOutcome.Finished(),
            SettleResult.Waits waits => new JobOutcome.Failed(waits.Reason),
            SettleResult other => throw new InvalidOperationException($"{other.GetType().Name} is no result of a settlement"),
        };
    }
}
