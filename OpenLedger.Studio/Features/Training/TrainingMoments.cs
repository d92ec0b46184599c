using System.Globalization;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Training;

/// <summary>The moments of a run that another can go on from. Asks nobody whether they may.</summary>
public sealed class TrainingMoments(StudioFolders folders)
{
    private const string StepPrefix = "step-", EpochPrefix = "epoch-", BestId = "best";

    /// <summary>All that are on disk now, passes first; checkpoints come and go while a run goes on.</summary>
    public IReadOnlyList<TrainingMoment> Of(string runId)
    {
        TrainingFolder folder = new(folders.Run(runId));
        return
        [
            .. Named(Path.Combine(folder.Root, "epochs"), EpochPrefix, "Pass"),
            .. Whole(folder.Best) ? [new TrainingMoment(BestId, "Best measurement")] : Array.Empty<TrainingMoment>(),
            .. Named(folder.Checkpoints, StepPrefix, "Step"),
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
        return moment == BestId ? folder.Best : Path.Combine(folder.Root, moment.StartsWith(EpochPrefix, StringComparison.Ordinal) ? "epochs" : "checkpoints", moment);
    }

    private static IEnumerable<TrainingMoment> Named(string parent, string prefix, string word) => !Directory.Exists(parent) ? [] :
        Directory.GetDirectories(parent, prefix + "*").Where(Whole).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)
            .Select(name => new TrainingMoment(name, $"{word} {int.Parse(name[prefix.Length..], CultureInfo.InvariantCulture)}"));

    private static string Id(string prefix, string digits, int number) => prefix + number.ToString(digits, CultureInfo.InvariantCulture);

    private static bool Whole(string folder) => File.Exists(Path.Combine(folder, AdapterFile.WeightsName));
}
