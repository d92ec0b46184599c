using Hangfire;
using Microsoft.EntityFrameworkCore;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Jobs;

/// <summary>The job loop: claims a row, runs its body, writes how it ended. The one place where a body's error is caught.</summary>
internal sealed class JobRunner(LedgerWriter ledger, LedgerReader reader, IEnumerable<IJobBody> bodies, RunningJobs running, JobFeed feed, TimeProvider time, ILogger<JobRunner> log)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    /// <param name="id">Of the row.</param>
    /// <param name="stopping">The executor's own: it fires when the Studio stops.</param>
    [AutomaticRetry(Attempts = 0)] // the row decides, not the executor
    public async Task RunAsync(string id, CancellationToken stopping)
    {
        using RunningJobs.Signals? signals = await StartAsync(id, stopping);
        if (signals is null || await ClaimAsync(id, stopping) is not JobRow row) return;
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(signals.Cancel, stopping);
        JobContext job = new(row, ledger, feed, time, signals.Pause);
        try
        {
            IJobBody body = bodies.FirstOrDefault(one => one.Kind == row.Kind) ?? throw new UnknownJobKindException(row.Kind);
            await EndAsync(id, await body.RunAsync(job, either.Token));
        }
        catch (OperationCanceledException) when (signals.Cancel.IsCancellationRequested)
        {
            await MoveAsync(id, JobState.Cancelled);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            log.LogInformation("Job {Job} stops with the Studio and goes on at its next start", id);
        }
        catch (Exception error)
        {
            log.LogError(error, "Job {Job} of kind {Kind} failed", id, row.Kind);
            await EndAsync(id, new JobOutcome.Failed($"The work stopped: {error.Message}"));
        }
    }

    // A job that is queued while this process still runs it was asked for again the moment its end was written: that run is about to leave.
    private async Task<RunningJobs.Signals?> StartAsync(string id, CancellationToken stopping)
    {
        RunningJobs.Signals? signals;
        while ((signals = running.TryStart(id)) is null && await IsQueuedAsync(id, stopping))
            await Task.WhenAny(running.WhenOverAsync(id), Task.Delay(Moment, time, stopping));
        return signals;
    }

    private Task<bool> IsQueuedAsync(string id, CancellationToken cancel) => reader.ReadAsync(db => db.Jobs.AnyAsync(job => job.Id == id && job.State == JobState.Queued, cancel));

    // Running -> Running takes up what a process left when it died: nobody in this one runs it, as TryStart has said.
    private async Task<JobRow?> ClaimAsync(string id, CancellationToken cancel)
    {
        JobRow? row = await ledger.WriteAsync(
            db =>
            {
                JobRow? found = db.Jobs.Find(id);
                if (found is null || found.State is not (JobState.Queued or JobState.Running)) return null;
                found.MoveTo(found.Wish switch { JobWish.Run => JobState.Running, JobWish.Pause => JobState.Paused, JobWish.Cancel => JobState.Cancelled });
                if (found.State != JobState.Running) return found;
                found.Attempt++;
                found.Started ??= Now;
                return found;
            },
            cancel);
        if (row is not null) Publish(row);
        return row?.State == JobState.Running ? row : null;
    }

    private Task EndAsync(string id, JobOutcome outcome) => outcome switch
    {
        JobOutcome.Finished done => MoveAsync(id, JobState.Finished, row => (row.Output, row.Progress) = (done.Output, 10_000)),
        JobOutcome.Paused => MoveAsync(id, JobState.Paused, row => row.Wish = JobWish.Run),
        JobOutcome.Failed failed => MoveAsync(id, JobState.Failed, row => row.Error = failed.Reason),
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no way to end a job"),
    };

    private async Task MoveAsync(string id, JobState next, Action<JobRow>? change = null)
    {
        // No token: what happened is written even while the Studio stops.
        JobRow row = await ledger.WriteAsync(
            db =>
            {
                JobRow found = db.Jobs.Single(job => job.Id == id);
                found.MoveTo(next);
                if (found.IsOver) found.Finished = Now;
                change?.Invoke(found);
                return found;
            },
            CancellationToken.None);
        Publish(row);
    }

    private void Publish(JobRow row) => feed.Publish(new JobProgress(row.Id, row.Kind, row.Owner, row.State, row.Progress, row.Error ?? row.ProgressText));

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
