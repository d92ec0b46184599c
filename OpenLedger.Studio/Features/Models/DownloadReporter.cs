using OpenLedger.Engine.Hub;
using OpenLedger.Studio.Jobs;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Takes a download's steps on its thread and passes the newest on to whoever watches the job, a few times a second. Measures its speed. Knows no hub.</summary>
internal sealed class DownloadReporter(JobContext job, TimeProvider time) : IProgress<HubProgress>
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    private readonly long _began = time.GetTimestamp();
    private HubProgress? _newest;
    private long? _first;   // bytes that were here when it began

    public void Report(HubProgress value)
    {
        _first ??= value.Bytes;
        Volatile.Write(ref _newest, value);
    }

    /// <summary>Passes on until the download is over, and ends as it did.</summary>
    public async Task PassOnAsync(Task download, CancellationToken cancel)
    {
        while (await Task.WhenAny(download, Task.Delay(Between, time, cancel)) != download)
        {
            if (cancel.IsCancellationRequested) break;
            await TellAsync(cancel);
        }
        await download;
        await TellAsync(cancel);
    }

    private async Task TellAsync(CancellationToken cancel)
    {
        if (Volatile.Read(ref _newest) is not HubProgress at) return;
        double seconds = time.GetElapsedTime(_began).TotalSeconds;
        await job.ReportAsync((int)(ImportModelJob.Gathered * at.Bytes / Math.Max(1, at.Of)), ImportWords.Download(at, seconds < 1 ? 0 : (at.Bytes - (_first ?? 0)) / seconds), cancel, at);
    }
}
