using System.Text;
using Hangfire;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Jobs;

/// <summary>Writes a job's row, then hands its id to the executor. A crash in between is mended at the next start. Knows no kind.</summary>
public sealed class EnqueueJob(LedgerWriter ledger, IBackgroundJobClient executor, JobBodies bodies, JobFeed feed, TimeProvider time)
{
    /// <summary>The owner of what the node itself wants done.</summary>
    public const string Node = "node";

    /// <summary>Queues the work, or finds it where the same owner asked for the same before and it has not failed or been cancelled.</summary>
    /// <param name="kind">Of a registered <see cref="IJobBody"/>.</param>
    /// <param name="owner">An address in lower case, or <see cref="Node"/>.</param>
    /// <param name="input">Written as canonical JSON. Work that may be asked for again carries what tells one time from another.</param>
    /// <param name="cancel">Stops the wait for the ledger.</param>
    /// <returns>The job's id.</returns>
    public async Task<string> EnqueueAsync<T>(string kind, string owner, T input, CancellationToken cancel) => (await EnqueueAllAsync(kind, owner, [input], cancel))[0];

    /// <summary>Queues several pieces of work one behind another, in one write: all of them or none.</summary>
    /// <returns>The jobs' ids, in the same order.</returns>
    public async Task<IReadOnlyList<string>> EnqueueAllAsync<T>(string kind, string owner, IReadOnlyList<T> inputs, CancellationToken cancel)
    {
        bodies.Require(kind);
        string[] written = [.. inputs.Select(input => CanonicalJson.Serialize(input))];
        JobRow[] rows = await ledger.WriteAsync(db => written.Select((json, place) => FindOrAdd(db, kind, owner, json, place)).ToArray(), cancel);
        foreach (JobRow row in rows.Where(row => row.State == JobState.Queued)) Execute(row);
        return [.. rows.Select(row => row.Id)];
    }

    internal void Execute(JobRow row)
    {
        feed.Publish(new JobProgress(row.Id, row.Kind, row.Owner, row.State, row.Progress, row.ProgressText));
        if (bodies.IsHeavy(row.Kind)) executor.Enqueue<JobRunner>(JobQueues.Heavy, runner => runner.RunAsync(row.Id, CancellationToken.None));
        else executor.Enqueue<JobRunner>(JobQueues.Light, runner => runner.RunAsync(row.Id, CancellationToken.None));
    }

    private static JobRow? Find(LedgerContext db, string kind, string hash) => db.Jobs
        .Where(job => job.Kind == kind && job.InputHash == hash && job.State != JobState.Failed && job.State != JobState.Cancelled)
        .OrderBy(job => job.Created).FirstOrDefault();

    private JobRow FindOrAdd(LedgerContext db, string kind, string owner, string json, int place)
    {
        string hash = Sha256Hash.Of(Encoding.UTF8.GetBytes($"{kind}\n{owner}\n{json}")).Hex;
        return Find(db, kind, hash) ?? Add(db, kind, owner, json, hash, place);
    }

    // A millisecond apart: they keep their order when they are handed out again at the next start.
    private JobRow Add(LedgerContext db, string kind, string owner, string json, string hash, int place)
    {
        JobRow row = new()
        {
            Id = CatalogueDocument.NewId(time),
            Kind = kind,
            Owner = owner,
            Input = json,
            InputHash = hash,
            Created = time.GetUtcNow().ToUnixTimeMilliseconds() + place,
        };
        db.Jobs.Add(row);
        return row;
    }
}
