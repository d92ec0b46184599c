using System.Text.Json;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;
using Microsoft.EntityFrameworkCore;

namespace OpenLedger.Studio.Jobs;

/// <summary>A running job as its body sees it. Knows nothing of how it was queued.</summary>
public sealed class JobContext
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500); // progress is written so often at most; it is published always

    private readonly JobRow _row;
    private readonly LedgerWriter _ledger;
    private readonly JobFeed _feed;
    private readonly TimeProvider _time;
    private long? _written;

    internal JobContext(JobRow row, LedgerWriter ledger, JobFeed feed, TimeProvider time, CancellationToken pause)
    {
        _row = row;
        _ledger = ledger;
        _feed = feed;
        _time = time;
        Pause = pause;
    }

    public string Id => _row.Id;

    /// <summary>Who asked: an address in lower case, or <see cref="EnqueueJob.Node"/>.</summary>
    public string Owner => _row.Owner;

    /// <summary>What was asked, as JSON.</summary>
    public string Input => _row.Input;

    /// <summary>1 at the first start; more after a crash, a pause or a second try.</summary>
    public int Attempt => _row.Attempt;

    /// <summary>Fires when a person asks to pause. A body that can go on later keeps its place and returns <see cref="JobOutcome.Paused"/>.</summary>
    public CancellationToken Pause { get; }

    /// <exception cref="JsonException">The input is of another shape.</exception>
    public T ReadInput<T>() => CanonicalJson.Read<T>(Input);

    /// <summary>Says how far the job is: to the row, twice a second at most, and to whoever watches.</summary>
    /// <param name="progress">0 to 10,000.</param>
    /// <param name="text">What it does now, in words for people.</param>
    /// <param name="cancel">Stops the wait for the ledger.</param>
    /// <param name="detail">Anything a page of the same feature shows live; not kept.</param>
    public async Task ReportAsync(int progress, string text, CancellationToken cancel, object? detail = null)
    {
        _feed.Publish(new JobProgress(Id, _row.Kind, Owner, JobState.Running, progress, text, detail));
        if (_written is long last && _time.GetElapsedTime(last) < Between) return;
        _written = _time.GetTimestamp();
        await _ledger.WriteAsync(
            ledger => ledger.Jobs.Where(job => job.Id == Id).ExecuteUpdate(set => set.SetProperty(job => job.Progress, progress).SetProperty(job => job.ProgressText, text)),
            cancel);
    }
}
