using OpenLedger.Engine.Records;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Models;

/// <summary>At start puts bases into the catalogue that a kill left outside it, and throws away what no import will come back for; the latter also when one is cancelled. Stops none.</summary>
public sealed class TidyArrivals(ReadJobs jobs, JobFeed feed, ModelArrivals arrivals, RecallModels recall, ILogger<TidyArrivals> log) : IHostedService, IDisposable
{
    private const int Most = 10_000;
    private static readonly JobCaller Everybody = new("", IsAdmin: true);

    private IDisposable? _watch;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        recall.Recall();
        List<JobRow> rows = await jobs.NewestAsync(Everybody, ImportModelJob.KindName, Most, cancellationToken);
        HashSet<string> wanted = [.. rows.Where(row => row.State is not (JobState.Finished or JobState.Cancelled)).Select(ArrivalOf)];
        foreach (string left in arrivals.All().Where(left => !wanted.Contains(left))) arrivals.Remove(left);
        _watch = feed.Watch(moved =>
        {
            if (moved is { Kind: ImportModelJob.KindName, State: JobState.Cancelled }) _ = ForgetAsync(moved.JobId);
        });
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _watch?.Dispose();

    private static string ArrivalOf(JobRow row) => CanonicalJson.Read<ImportInput>(row.Input).Arrival;

    private async Task ForgetAsync(string jobId)
    {
        try
        {
            if (await jobs.OneAsync(jobId, Everybody, CancellationToken.None) is JobRow row) arrivals.Remove(ArrivalOf(row));
        }
        catch (IOException busy)
        {
            log.LogWarning(busy, "What a cancelled import brought cannot be removed now; the next start does it");
        }
    }
}
