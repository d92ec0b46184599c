using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Shows runs to their owner, or to an admin. Changes nothing.</summary>
public sealed class ReadTraining(ReadJobs jobs, TrainingMoments moments, StudioFolders folders)
{
    private const int MostRuns = 100;

    internal static string ReportIn(string runFolder) => Path.Combine(runFolder, "report.json");

    /// <summary>The person's newest runs.</summary>
    public async Task<IReadOnlyList<TrainingSummary>> NewestAsync(Person person, CancellationToken cancel)
    {
        if (!person.IsSignedIn) return [];
        List<JobRow> found = await jobs.NewestAsync(new JobCaller(person.Key, person.IsAdmin), TrainingJob.KindName, MostRuns, cancel);
        return [.. found.Select(Summary)];
    }

    /// <summary>One run with its curve and, once it is over, its comparison; null where there is none or it is somebody else's.</summary>
    public async Task<TrainingView?> OneAsync(string runId, Person person, CancellationToken cancel)
    {
        if (!person.IsSignedIn || await jobs.OneAsync(runId, new JobCaller(person.Key, person.IsAdmin), cancel) is not JobRow { Kind: TrainingJob.KindName } row) return null;
        string folder = folders.Run(runId);
        TrainingCurve curve = TrainingCurve.Read(folder);
        return new(Summary(row), curve, Report(folder), moments.Offered(runId, curve));
    }

    internal static TrainingSummary Summary(JobRow row) => new(
        row.Id, CanonicalJson.Read<TrainingInput>(row.Input), row.State, row.Wish, row.Progress, row.Error ?? row.ProgressText,
        row.Output is string output ? CanonicalJson.Read<TrainedModel>(output).ModelId : null, row.Created, row.Started, row.Finished);

    private static TuningReport? Report(string folder) =>
        File.Exists(ReportIn(folder)) ? CanonicalJson.Read<TuningReport>(File.ReadAllText(ReportIn(folder))) : null;
}

/// <summary>A run in a list.</summary>
/// <param name="Progress">0 to 10,000.</param>
/// <param name="ModelId">The adapter it made, once it is finished.</param>
public sealed record TrainingSummary(
    string Id, TrainingInput Input, JobState State, JobWish Wish, int Progress, string? Text, string? ModelId, long Created, long? Started, long? Finished)
{
    public bool IsOver => State.IsOver();
}

/// <summary>A run on its own page.</summary>
/// <param name="Moments">What another run can go on from.</param>
public sealed record TrainingView(TrainingSummary Summary, TrainingCurve Curve, TuningReport? Report, IReadOnlyList<TrainingMoment> Moments);
