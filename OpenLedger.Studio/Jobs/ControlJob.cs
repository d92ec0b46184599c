using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Jobs;

/// <summary>Pauses, resumes, cancels and retries a job for its owner or an admin. Knows no kind.</summary>
public sealed class ControlJob(LedgerWriter ledger, EnqueueJob enqueue, RunningJobs running, JobFeed feed, TimeProvider time)
{
    /// <summary>A waiting job is set aside at once; a running one when its body has kept its place.</summary>
    public async Task<JobControl> PauseAsync(string id, JobCaller caller, CancellationToken cancel)
    {
        JobControl answer = await ChangeAsync(id, caller, [JobState.Queued, JobState.Running], Pause, cancel);
        if (answer == JobControl.Done) running.Pause(id);
        return answer;
    }

    /// <summary>Queues a paused job again.</summary>
    public Task<JobControl> ResumeAsync(string id, JobCaller caller, CancellationToken cancel) => QueueAgainAsync(id, caller, [JobState.Paused], cancel);

    /// <summary>Queues a failed or cancelled job again, from what it kept.</summary>
    public Task<JobControl> RetryAsync(string id, JobCaller caller, CancellationToken cancel) => QueueAgainAsync(id, caller, [JobState.Failed, JobState.Cancelled], cancel);

    /// <summary>Ends a job that is not over; a running one as soon as its body hears it.</summary>
    public async Task<JobControl> CancelAsync(string id, JobCaller caller, CancellationToken cancel)
    {
        JobControl answer = await ChangeAsync(id, caller, [JobState.Queued, JobState.Running, JobState.Paused], Cancel, cancel);
        if (answer == JobControl.Done) running.Cancel(id);
        return answer;
    }

    private async Task<JobControl> QueueAgainAsync(string id, JobCaller caller, JobState[] from, CancellationToken cancel)
    {
        JobRow? queued = null;
        JobControl answer = await ChangeAsync(id, caller, from, row =>
        {
            row.MoveTo(JobState.Queued);
            (row.Wish, row.Error, row.Finished) = (JobWish.Run, null, null);
            queued = row;
        }, cancel);
        if (answer == JobControl.Done) enqueue.Execute(queued!);
        return answer;
    }

    private async Task<JobControl> ChangeAsync(string id, JobCaller caller, JobState[] from, Action<JobRow> change, CancellationToken cancel)
    {
        (JobControl answer, JobRow? row) = await ledger.WriteAsync<(JobControl, JobRow?)>(
            db =>
            {
                JobRow? found = db.Jobs.Find(id);
                if (found is null || !caller.Owns(found)) return (JobControl.NotYours, null); // one answer for both: an id tells a stranger nothing
                if (!from.Contains(found.State) || (found.IsOver && HasSuccessor(db, found))) return (JobControl.NotPossible, null);
                change(found);
                return (JobControl.Done, found);
            },
            cancel);
        if (row is not null) feed.Publish(new JobProgress(row.Id, row.Kind, row.Owner, row.State, row.Progress, row.ProgressText));
        return answer;
    }

    // The same work was asked for again since, and that row stands for it now.
    private static bool HasSuccessor(LedgerContext db, JobRow row) => db.Jobs.Any(other =>
        other.Id != row.Id && other.Kind == row.Kind && other.InputHash == row.InputHash && other.State != JobState.Failed && other.State != JobState.Cancelled);

    private static void Pause(JobRow row)
    {
        if (row.State == JobState.Queued) row.MoveTo(JobState.Paused);
        else row.Wish = JobWish.Pause;
    }

    private void Cancel(JobRow row)
    {
        if (row.State == JobState.Running)
        {
            row.Wish = JobWish.Cancel;
            return;
        }

        row.MoveTo(JobState.Cancelled);
        row.Finished = time.GetUtcNow().ToUnixTimeMilliseconds();
    }
}

/// <summary>What became of a wish.</summary>
public enum JobControl
{
    Done,

    /// <summary>There is no such job, or it is somebody else's.</summary>
    NotYours,

    /// <summary>Its state does not have this step.</summary>
    NotPossible,
}

/// <summary>Who wants something of a job.</summary>
/// <param name="Account">An address in lower case.</param>
public sealed record JobCaller(string Account, bool IsAdmin)
{
    internal bool Owns(JobRow row) => IsAdmin || row.Owner == Account;
}
