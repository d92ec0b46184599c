using System.Globalization;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Training;

/// <summary>The moments of a run that one can go on from or talk to. Asks nobody whether they may.</summary>
public sealed class TrainingMoments(StudioFolders folders)
{
    private const string StepPrefix = "step-", EpochPrefix = "epoch-", BestId = "best", KeptBestPrefix = "best-";

    /// <summary>All that are on disk now, passes first; checkpoints come and go while a run goes on, what is kept for a chat stays.</summary>
    public IReadOnlyList<TrainingMoment> Of(string runId)
    {
        TrainingFolder folder = new(folders.Run(runId));
        return
        [
            .. Named(folder, EpochPrefix, "Pass"),
            .. Whole(folder.Best) ? [new TrainingMoment(BestId, "Best measurement")] : Array.Empty<TrainingMoment>(),
            .. Named(folder, KeptBestPrefix, "Best measurement at step"),
            .. Named(folder, StepPrefix, "Step"),
        ];
    }

    /// <summary>Each moment once: the checkpoint at the end of a pass is that pass.</summary>
    public IReadOnlyList<TrainingMoment> Offered(string runId, TrainingCurve curve)
    {
        IReadOnlyList<TrainingMoment> all = Of(runId);
        HashSet<string> ends = [.. curve.Steps.GroupBy(step => step.Epoch).Where(pass => all.Any(one => one.Id == Id(EpochPrefix, "D3", pass.Key))).Select(pass => Id(StepPrefix, "D7", pass.Max(step => step.Step)))];
        return [.. all.Where(one => !ends.Contains(one.Id))];
    }

    /// <summary>Where a moment's adapter lies; null where it is not there (any more).</summary>
    public string? Find(string runId, string moment)
    {
        if (!Of(runId).Any(one => one.Id == moment)) return null;
        TrainingFolder folder = new(folders.Run(runId));
        if (moment == BestId) return folder.Best;
        return Parents(folder).Select(parent => Path.Combine(parent, moment)).FirstOrDefault(Whole);
    }

    /// <summary>Where a copy of a moment lies that stays when the run's own goes.</summary>
    public string KeptIn(string runId, string moment) => Path.Combine(Kept(new(folders.Run(runId))), moment);

    /// <summary>A moment by a name that means the same adapter later too: the best one is replaced by a better, the best one of a step is not.</summary>
    public string Lasting(string runId, string moment) => moment != BestId || RowHistory.BestStep(folders.Run(runId)) is not int step ? moment : string.Create(CultureInfo.InvariantCulture, $"{KeptBestPrefix}{step:D7}");

    private static string Kept(TrainingFolder folder) => Path.Combine(folder.Root, "kept");

    private static string[] Parents(TrainingFolder folder) => [Kept(folder), Path.Combine(folder.Root, "epochs"), folder.Checkpoints];

    private static IEnumerable<TrainingMoment> Named(TrainingFolder folder, string prefix, string word) => Parents(folder).Where(Directory.Exists)
        .SelectMany(parent => Directory.GetDirectories(parent, prefix + "*")).Where(Whole).Select(found => Path.GetFileName(found)).Distinct().Order(StringComparer.Ordinal)
        .Select(name => new TrainingMoment(name, $"{word} {int.Parse(name[prefix.Length..], CultureInfo.InvariantCulture)}"));

    private static string Id(string prefix, string digits, int number) => prefix + number.ToString(digits, CultureInfo.InvariantCulture);

    private static bool Whole(string folder) => File.Exists(Path.Combine(folder, AdapterFile.WeightsName));
}
