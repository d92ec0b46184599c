using System.Collections.Concurrent;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Jobs;

/// <summary>Tells open pages how jobs get on, in this process. Keeps nothing: the row is the truth.</summary>
public sealed class JobFeed(ILogger<JobFeed> log)
{
    private readonly ConcurrentDictionary<Guid, Action<JobProgress>> _watchers = new();

    /// <summary>Calls back at each step of every job, on the job's thread: be short, and move to the page's own thread.</summary>
    /// <returns>Dispose it with the page.</returns>
    public IDisposable Watch(Action<JobProgress> watcher)
    {
        Guid id = Guid.NewGuid();
        _watchers[id] = watcher;
        return new Watching(() => _watchers.TryRemove(id, out _));
    }

    /// <summary>Calls back at each step of one job.</summary>
    public IDisposable Watch(string jobId, Action<JobProgress> watcher) => Watch(progress =>
    {
        if (progress.JobId == jobId) watcher(progress);
    });

    internal void Publish(JobProgress progress)
    {
        foreach (Action<JobProgress> watcher in _watchers.Values) Tell(watcher, progress);
    }

    // A page that is gone must not stop the work it watched.
    private void Tell(Action<JobProgress> watcher, JobProgress progress)
    {
        try
        {
            watcher(progress);
        }
        catch (ObjectDisposedException closed)
        {
            log.LogDebug(closed, "A page that watched job {Job} is closed", progress.JobId);
        }
    }

    private sealed class Watching(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

/// <summary>One step of one job.</summary>
/// <param name="Progress">0 to 10,000.</param>
/// <param name="Detail">What the body adds for pages of its own feature.</param>
public sealed record JobProgress(string JobId, string Kind, string Owner, JobState State, int Progress, string? Text, object? Detail = null);
