using System.Globalization;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Attribution;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Names the rows that weights learned from, with those of all that they went on from. Weighs and pays nothing.</summary>
public sealed class RowHistory(Catalogue catalogue, StudioFolders folders)
{
    /// <summary>The rows in a finished adapter's folder: its own up to the step that was kept, and those from before it began.</summary>
    public static IEnumerable<string> In(string folder)
    {
        string record = new TrainingFolder(folder).Run;
        int kept = File.Exists(record) && CanonicalJson.Read<TrainingRun>(File.ReadAllText(record)).KeptStep is int step ? step : int.MaxValue;
        return Used(folder, entry => entry.Step <= kept).Union(KeptStart.Read(folder)?.Rows ?? [], StringComparer.Ordinal);
    }

    /// <summary>An adapter's rows; a combined one has no log of its own, so its parents' are its.</summary>
    /// <exception cref="TrainingException">A parent of a combined one is not here any more: its rows would go unpaid.</exception>
    public IReadOnlyList<string> Of(ModelDocument adapter)
    {
        if (adapter.ParentIds.Count == 0) return [.. In(Path.Combine(folders.Root, adapter.Path))];
        IReadOnlyList<AdapterParent> weights = CanonicalJson.Read<AdapterManifest>(adapter.Manifest!).Parents ?? [];
        return [.. adapter.ParentIds.Zip(weights).Where(parent => !RawScore.Parse(parent.Second.Weight).Clipped.IsZero).SelectMany(parent => Of(Require(parent.First, adapter))).Distinct()];
    }

    /// <summary>A run's rows up to a moment of it, with those from before it began, which lie beside its start.</summary>
    /// <exception cref="TrainingException">The log does not reach the moment: a run that was taken up again has not come back to it, and rows would go unpaid.</exception>
    public IReadOnlyList<string> At(string runId, string moment)
    {
        string folder = folders.Run(runId);
        if (!IsPass(moment) && NumberOf(moment) > LastStep(folder)) throw new TrainingException($"the training was taken up again before the moment '{moment}' and has not come back to it");
        return [.. Used(folder, Until(moment)).Union(Before(folder)?.Rows ?? [], StringComparer.Ordinal)];
    }

    /// <summary>What a run went on from; null where it began afresh.</summary>
    public static KeptStart? Before(string runFolder) => KeptStart.Read(StartIn(runFolder));

    /// <summary>Where a run keeps its copy of what it goes on from.</summary>
    public static string StartIn(string runFolder) => Path.Combine(runFolder, "start");

    private ModelDocument Require(string parentId, ModelDocument adapter) => catalogue.Read(c => c.Models.Get(parentId)) ?? throw new TrainingException(
        $"an adapter that '{adapter.Name}' was combined from is not here any more, so that its rows would go unpaid: import it again, or go on from another");

    // A pass ends with its checkpoint and so is never cut off the log.
    private static bool IsPass(string moment) => moment.StartsWith(TrainingMoments.EpochPrefix, StringComparison.Ordinal);

    private static int NumberOf(string moment) => int.Parse(moment[(moment.IndexOf('-', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);

    private static int LastStep(string runFolder)
    {
        string log = new TrainingFolder(runFolder).Log;
        return File.Exists(log) ? TrainingLogReading.Read(log).Entries.Select(entry => entry.Step).DefaultIfEmpty().Max() : 0;
    }

    private static IEnumerable<string> Used(string folder, Func<TrainingLogEntry, bool> counts)
    {
        string log = new TrainingFolder(folder).Log;
        return File.Exists(log) ? TrainingLogReading.Read(log).Entries.Where(counts).SelectMany(entry => entry.Rows) : [];
    }

    // A run may have gone on after the moment: rows of later steps have no part in it.
    private static Func<TrainingLogEntry, bool> Until(string moment)
    {
        int number = NumberOf(moment);
        return IsPass(moment) ? entry => entry.Epoch <= number : entry => entry.Step <= number;
    }
}
