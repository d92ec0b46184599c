using OpenLedger.Engine.Records;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Imports under way, and those that failed and wait for a word. Changes nothing.</summary>
public sealed class ReadImports(ReadJobs jobs, ModelArrivals arrivals)
{
    private const int Most = 100;

    /// <summary>A person's own; an admin sees all. The newest first.</summary>
    public async Task<IReadOnlyList<ImportView>> AllAsync(Person person, CancellationToken cancel)
    {
        if (!person.IsSignedIn) return [];
        List<JobRow> rows = await jobs.NewestAsync(new JobCaller(person.Key, person.IsAdmin), ImportModelJob.KindName, Most, cancel);
        return [.. rows.Select(View).Where(view => !view.IsOver || (view.State == JobState.Failed && arrivals.IsThere(view.Input.Arrival)))];
    }

    /// <summary>One of them, also when it is over; null where it is somebody else's.</summary>
    public async Task<ImportView?> OneAsync(Person person, string jobId, CancellationToken cancel) =>
        person.IsSignedIn && await jobs.OneAsync(jobId, new JobCaller(person.Key, person.IsAdmin), cancel) is JobRow { Kind: ImportModelJob.KindName } row ? View(row) : null;

    private static ImportView View(JobRow row) => new(
        row.Id, CanonicalJson.Read<ImportInput>(row.Input), row.State, row.Progress, row.Error ?? row.ProgressText,
        row.Output is string output ? CanonicalJson.Read<ImportedModel>(output).ModelId : null);
}

/// <summary>An import as a page shows it.</summary>
/// <param name="Progress">0 to 10,000.</param>
/// <param name="ModelId">The base it made, once it is finished.</param>
public sealed record ImportView(string JobId, ImportInput Input, JobState State, int Progress, string? Text, string? ModelId)
{
    public bool IsOver => State.IsOver();
}
