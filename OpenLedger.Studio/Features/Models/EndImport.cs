using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Stops an import, tries a failed one again, or gives it up with all that it brought. Brings nothing itself.</summary>
public sealed class EndImport(ControlJob control, ReadImports imports, ModelArrivals arrivals)
{
    public Task<JobControl> CancelAsync(Person person, string jobId, CancellationToken cancel) => control.CancelAsync(jobId, Caller(person), cancel);

    public Task<JobControl> RetryAsync(Person person, string jobId, CancellationToken cancel) => control.RetryAsync(jobId, Caller(person), cancel);

    /// <summary>Throws away what a failed import kept for another try.</summary>
    public async Task<JobControl> DiscardAsync(Person person, string jobId, CancellationToken cancel)
    {
        if (await imports.OneAsync(person, jobId, cancel) is not ImportView view) return JobControl.NotYours;
        if (view.State is not (JobState.Failed or JobState.Cancelled)) return JobControl.NotPossible;
        arrivals.Remove(view.Input.Arrival);
        return JobControl.Done;
    }

    private static JobCaller Caller(Person person) => new(person.Key, person.IsAdmin);
}
