using System.Globalization;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>How a run's state, times and sizes are said on its pages. Reads nothing.</summary>
internal static class RunWords
{
    public static Status StatusOf(JobState state) => state switch
    {
        JobState.Queued => Status.Queued,
        JobState.Running => Status.Training,
        JobState.Paused => Status.Paused,
        JobState.Finished => Status.Finished,
        JobState.Failed => Status.StoppedByAnError,
        JobState.Cancelled => Status.Stopped,
    };

    /// <summary>The preset's name; its id where this release does not know it any more.</summary>
    public static string PresetOf(string id) => TrainingPreset.All.FirstOrDefault(preset => preset.Id == id)?.Name ?? id;

    /// <summary>What it does now, or how it ended.</summary>
    public static string DoingOf(TrainingSummary run) => run.State switch
    {
        JobState.Queued => "Waits for its turn",
        JobState.Finished => "All steps done, and compared with the base",
        JobState.Running or JobState.Paused or JobState.Failed or JobState.Cancelled => run.Text ?? "Preparing rows",
    };

    /// <summary>"20 min 9 s".</summary>
    public static string Duration(double seconds)
    {
        long whole = (long)Math.Round(Math.Max(0, seconds));
        return whole switch
        {
            < 60 => $"{whole} s",
            < 3600 => $"{whole / 60} min {whole % 60} s",
            _ => $"{whole / 3600} h {whole % 3600 / 60} min",
        };
    }

    /// <summary>"about 7 min left".</summary>
    public static string Left(double seconds) => seconds < 60 ? "under a minute left" : $"about {Math.Round(seconds / 60)} min left";

    /// <summary>"1.08".</summary>
    public static string Gigabytes(long bytes) => (bytes / 1e9).ToString("F2", CultureInfo.InvariantCulture);

    public static string Loss(double? loss) => loss?.ToString("F3", CultureInfo.InvariantCulture) ?? "–";
}
