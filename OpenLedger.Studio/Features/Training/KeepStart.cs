using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Copies what a run goes on from into the run's own folder, once, so that the run can be taken up again whatever becomes of it. Trains nothing.</summary>
public sealed class KeepStart(TrainingStarts starts, StudioFolders folders)
{
    /// <summary>The kept copy and what it was; null where it is not there any more.</summary>
    public async Task<(TrainingStart Start, KeptStart Kept)?> KeepAsync(string runId, TrainingFrom from, string owner, CancellationToken cancel)
    {
        string target = Path.Combine(folders.Run(runId), "start");
        if (KeptStart.Read(target) is null)
        {
            Person person = new(Address.TryParse(owner, out Address address) ? address : null, false);
            if (await starts.FindAsync(from, person, cancel) is not FoundStart found) return null;
            AtomicFolder.Write(target, folder => Copy(found, RowsBefore(from, found), folder));
        }
        KeptStart kept = KeptStart.Read(target)!;
        return (new TrainingStart(target, kept.Parent), kept);
    }

    private static void Copy(FoundStart found, IReadOnlyList<string> rows, string folder)
    {
        foreach (string file in Directory.EnumerateFiles(found.Start.Folder, "adapter_*")) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        KeptStart? before = KeptStart.Read(found.Start.Folder);
        KeptStart kept = new(
            found.Name, found.Start.Parent, [.. found.VersionIds.Concat(before?.VersionIds ?? []).Distinct()], [.. rows.Concat(before?.Rows ?? []).Distinct().Order(StringComparer.Ordinal)]);
        File.WriteAllBytes(Path.Combine(folder, KeptStart.FileName), CanonicalJson.SerializeToUtf8(kept));
    }

    private List<string> RowsBefore(TrainingFrom from, FoundStart found)
    {
        string folder = from.RunId is string run ? folders.Run(run) : found.Start.Folder;
        string log = new TrainingFolder(folder).Log;
        if (!File.Exists(log)) return [];
        return [.. TrainingLogReading.Read(log).Entries.Where(Until(from, folder)).SelectMany(entry => entry.Rows).Distinct()];
    }

    // A run may have gone on after the moment: rows of later steps have no part in it.
    private static Func<TrainingLogEntry, bool> Until(TrainingFrom from, string folder)
    {
        if (from.Moment is not string moment) return _ => true;
        int dash = moment.IndexOf('-', StringComparison.Ordinal);
        if (dash > 0 && int.TryParse(moment[(dash + 1)..], out int number)) return moment.StartsWith("epoch", StringComparison.Ordinal) ? entry => entry.Epoch <= number : entry => entry.Step <= number;
        int best = TrainingCurve.Read(folder).Evaluations.Where(loss => loss.Step > 0).MinBy(loss => loss.Loss)?.Step ?? int.MaxValue;
        return entry => entry.Step <= best;
    }
}
