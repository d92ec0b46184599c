using OpenLedger.Engine.Records;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Adapters.Combining;

/// <summary>Shows a combining to whoever asked for it. Changes nothing.</summary>
public sealed class ReadCombining(ReadJobs jobs)
{
    /// <summary>The new adapter's id once it is made; null until then, or where it is somebody else's.</summary>
    public async Task<string?> MadeAsync(Person person, string jobId, CancellationToken cancel) =>
        person.IsSignedIn && await jobs.OneAsync(jobId, new JobCaller(person.Key, person.IsAdmin), cancel) is { Kind: CombineJob.KindName, State: JobState.Finished, Output: string output }
            ? CanonicalJson.Read<CombinedModel>(output).ModelId : null;
}
