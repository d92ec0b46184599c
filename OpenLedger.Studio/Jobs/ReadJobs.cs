using Microsoft.EntityFrameworkCore;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Jobs;

/// <summary>Shows job rows to their owner, or all of them to an admin. Changes nothing.</summary>
public sealed class ReadJobs(LedgerReader ledger)
{
    /// <returns>Nothing where there is none, or it is somebody else's.</returns>
    public async Task<JobRow?> OneAsync(string id, JobCaller caller, CancellationToken cancel)
    {
        JobRow? row = await ledger.ReadAsync(db => db.Jobs.SingleOrDefaultAsync(job => job.Id == id, cancel));
        return row is not null && caller.Owns(row) ? row : null;
    }

    /// <summary>The newest first.</summary>
    /// <param name="caller">Sees its own; an admin sees all.</param>
    /// <param name="kind">Of one kind only, or any.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancel">Stops the query.</param>
    public Task<List<JobRow>> NewestAsync(JobCaller caller, string? kind, int limit, CancellationToken cancel) => ledger.ReadAsync(db => db.Jobs
        .Where(job => (caller.IsAdmin || job.Owner == caller.Account) && (kind == null || job.Kind == kind))
        .OrderByDescending(job => job.Created).Take(limit).ToListAsync(cancel));

    /// <summary>Those of a kind in whose input these words stand, in any place: whoever asks reads the input and decides.</summary>
    public Task<List<JobRow>> WithInAsync(JobCaller caller, string kind, string words, CancellationToken cancel) => ledger.ReadAsync(db => db.Jobs
        .Where(job => (caller.IsAdmin || job.Owner == caller.Account) && job.Kind == kind && job.Input.Contains(words)).ToListAsync(cancel));
}
