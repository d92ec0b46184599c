using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>The job that makes a version's passages findable. Knows nothing of who will ask.</summary>
public sealed class BuildPassageIndex(Catalogue catalogue, PassageIndexes indexes, TimeProvider time) : IJobBody
{
    /// <summary>The kind of these jobs.</summary>
    public const string JobKind = "passage-index";

    private const int Whole = 10_000;

    public string Kind => JobKind;

    public async Task<JobOutcome> RunAsync(JobContext job, CancellationToken cancel)
    {
        if (catalogue.Read(c => c.Versions.Get(job.ReadInput<IndexInput>().VersionId)) is not DatanetVersionDocument version)
            return new JobOutcome.Failed("This version is not in the catalogue any more.");
        Task building = indexes.GetAsync(version, cancel);
        while (await Task.WhenAny(building, Task.Delay(TimeSpan.FromSeconds(1), time, cancel)) != building)
        {
            cancel.ThrowIfCancellationRequested();
            if (indexes.ProgressOf(version) is (int done, > 0 and int of)) await job.ReportAsync((int)((long)Whole * done / of), $"{done} of {of} passages", cancel);
        }

        await building;
        return new JobOutcome.Finished();
    }
}

/// <summary>Which version to index.</summary>
public sealed record IndexInput(string VersionId);
