using OpenLedger.Engine.Tensors;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Export;

/// <summary>Deletes an export's files for whoever asked for it, or for an admin; of one that failed there are none, and a mark says that nobody wants to see it. The job's row stays, as every job's.</summary>
public sealed class RemoveExport(ReadJobs jobs, StudioFolders folders)
{
    /// <summary>The empty file by which a failed export is known as removed.</summary>
    internal static string MarkOf(StudioFolders folders, string jobId) => folders.Export(jobId) + ".removed";

    /// <summary>Why it cannot be removed, or null when it was.</summary>
    public async Task<Refusal?> RemoveAsync(Person person, string jobId, CancellationToken cancel)
    {
        if (!person.IsSignedIn || await jobs.OneAsync(jobId, new JobCaller(person.Key, person.IsAdmin), cancel) is not { Kind: ExportJob.KindName } row)
            return new Refusal("There is no such export, or it belongs to another wallet.");
        if (!row.IsOver) return new Refusal("It is still being written. Stop it first, then remove it.");
        string folder = folders.Export(jobId);
        if (row.State != JobState.Finished) AtomicFile.Write(MarkOf(folders, jobId), _ => { });
        if (!Directory.Exists(folder)) return null;
        // Away by a rename first: an export is there whole or not at all. What a kill leaves goes with the next export, as what was half written does.
        string away = Path.Combine(Path.GetDirectoryName(folder)!, $".{Path.GetFileName(folder)}.removed.tmp");
        try
        {
            Directory.Move(folder, away);
            Directory.Delete(away, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another tab, or the next export's tidying, was first.
        }
        return null;
    }
}
