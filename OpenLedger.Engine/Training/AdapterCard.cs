using System.Globalization;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Training;

/// <summary>Makes the manifest of a finished run: every hash that ties its weights to rows, base and recipe. Publishes nothing.</summary>
public static class AdapterCard
{
    /// <summary>The manifest that the third stage takes up.</summary>
    public static AdapterManifest For(TrainingRun run, string name) => new(
        AdapterManifest.CurrentVersion, name, run.BaseName, run.Base, [.. run.Datasets.Concat(run.Parent?.Datasets ?? []).Distinct().OrderBy(root => root.Hex, StringComparer.Ordinal)],
        run.RecipeHash, run.Weights, run.LogHead, Metrics(run), run.Parent?.Manifest, run.Time);

    private static SortedDictionary<string, string> Metrics(TrainingRun run)
    {
        SortedDictionary<string, string> metrics = new(StringComparer.Ordinal) { ["training loss"] = Text(run.FinalTrainingLoss) };
        if (run.BaseLoss is double before) metrics["evaluation loss of the base"] = Text(before);
        if (run.TunedLoss is double after) metrics["evaluation loss"] = Text(after);
        return metrics;
    }

    private static string Text(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
