using Microsoft.EntityFrameworkCore;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Jobs;

/// <summary>At start, hands every unfinished job to the executor again: its own memory of them died with the last process.</summary>
internal sealed class JobRecovery(LedgerReader ledger, EnqueueJob enqueue, JobBodies bodies, ILogger<JobRecovery> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        List<JobRow> unfinished = await ledger.ReadAsync(db => db.Jobs
            .Where(job => job.State == JobState.Queued || job.State == JobState.Running).OrderBy(job => job.Created).ToListAsync(cancellationToken));
        foreach (JobRow row in unfinished.Where(row => bodies.Knows(row.Kind))) enqueue.Execute(row);
        foreach (JobRow row in unfinished.Where(row => !bodies.Knows(row.Kind))) log.LogWarning("Job {Job} of kind {Kind} stays queued: no feature does it", row.Id, row.Kind);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
