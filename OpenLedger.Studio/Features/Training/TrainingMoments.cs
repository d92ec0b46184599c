using System.Globalization;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Training;

/// <summary>The moments of a run that one can go on from or talk to. Asks nobody whether they may.</summary>
public sealed class TrainingMoments(StudioFolders folders)
{
    internal const string EpochPrefix = "epoch-";

    private const string StepPrefix = "step-", BestId = "best", BestPrefix = "best-";

    /// <summary>All that are on disk now, passes first; checkpoints come and go while a run goes on, what is kept for a chat stays.</summary>
    public IReadOnlyList<TrainingMoment> Of(string runId)
    {
        TrainingFolder folder = new(folders.Run(runId));
        return
        [
            .. Named(folder, EpochPrefix),
            .. Whole(folder.Best).Any() ? [new TrainingMoment(BestId, "Best measurement")] : Array.Empty<TrainingMoment>(),
            .. Named(folder, BestPrefix),
            .. Named(folder, StepPrefix),
        ];
    }

    /// <summary>Each moment once: the checkpoint at the end of a pass is that pass.</summary>
    public IReadOnlyList<TrainingMoment> Offered(string runId, TrainingCurve curve)
    {
        IReadOnlyList<TrainingMoment> all = Of(runId);
        HashSet<string> ends = [.. curve.Steps.GroupBy(step => step.Epoch).Where(pass => all.Any(one => one.Id == Id(EpochPrefix, "D3", pass.Key))).Select(pass => Id(StepPrefix, "D7", pass.Max(step => step.Step)))];
        return [.. all.Where(one => !ends.Contains(one.Id))];
    }

    /// <summary>Where a moment's adapter lies; null where it is not there (any more). The folder's name says which moment for good: a better one has another.</summary>
    public string? Find(string runId, string moment)
    {
        TrainingFolder folder = new(folders.Run(runId));
        if (moment == BestId) return Whole(folder.Best).Max(StringComparer.Ordinal);
        return Parents(folder).Append(folder.Best).SelectMany(Whole).FirstOrDefault(found => Path.GetFileName(found) == moment);
    }

    /// <summary>A moment as people call it, by its folder's name.</summary>
    public static string NameOf(string moment)
    {
        string prefix = moment[..(moment.IndexOf('-', StringComparison.Ordinal) + 1)];
        string word = prefix switch { EpochPrefix => "Pass", BestPrefix => "Best measurement at step", _ => "Step" };
        return string.Create(CultureInfo.InvariantCulture, $"{word} {int.Parse(moment[prefix.Length..], CultureInfo.InvariantCulture)}");
    }

    /// <summary>Where a copy of a moment lies that stays when the run's own goes.</summary>
    public string KeptIn(string runId, string moment) => Path.Combine(Kept(new(folders.Run(runId))), moment);

    private static string Kept(TrainingFolder folder) => Path.Combine(folder.Root, "kept");

    private static string[] Parents(TrainingFolder folder) => [Kept(folder), Path.Combine(folder.Root, "epochs"), folder.Checkpoints];

    private static IEnumerable<TrainingMoment> Named(TrainingFolder folder, string prefix) => Parents(folder).SelectMany(Whole).Select(found => Path.GetFileName(found))
        .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal).Select(name => new TrainingMoment(name, NameOf(name)));

    private static string Id(string prefix, string digits, int number) => prefix + number.ToString(digits, CultureInfo.InvariantCulture);

    // A folder that is being written, or that a kill left half written, begins with a dot.
    private static IEnumerable<string> Whole(string parent) => !Directory.Exists(parent) ? [] :
        Directory.GetDirectories(parent).Where(found => !Path.GetFileName(found).StartsWith('.') && File.Exists(Path.Combine(found, AdapterFile.WeightsName)));
}
