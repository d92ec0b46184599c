using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Copies what a run goes on from into the run's own folder, once, so that the run can be taken up again whatever becomes of it. Trains nothing.</summary>
public sealed class KeepStart(TrainingStarts starts, RowHistory history, StudioFolders folders)
{
    /// <summary>The kept copy and what it was; null where it is not there any more.</summary>
    /// <exception cref="TrainingException">It is there, but the rows that it learned from are not known.</exception>
    public async Task<(TrainingStart Start, KeptStart Kept)?> KeepAsync(string runId, TrainingFrom from, string owner, CancellationToken cancel)
    {
        string target = RowHistory.StartIn(folders.Run(runId));
        if (KeptStart.Read(target) is null && !await CopyAsync(from, owner, target, cancel)) return null;
        KeptStart kept = KeptStart.Read(target)!;
        return (new TrainingStart(target, kept.Parent), kept);
    }

    private async Task<bool> CopyAsync(TrainingFrom from, string owner, string target, CancellationToken cancel)
    {
        Person person = new(Address.TryParse(owner, out Address address) ? address : null, false);
        try
        {
            if (await starts.FindAsync(from, person, cancel) is not FoundStart found) return false;
            IReadOnlyList<string> rows = found.Adapter is null ? history.At(from.RunId!, found.Moment) : history.Of(found.Adapter);
            AtomicFolder.Write(target, folder => found.CopyTo(folder, rows));
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false; // the run that it is a moment of keeps its newest checkpoints only, and may drop this one while it is read
        }
    }
}
