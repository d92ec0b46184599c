using OpenLedger.Engine.Evaluation;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Evaluation;

/// <summary>Shows a run's measurements to its owner, or to an admin. Changes nothing.</summary>
public sealed class ReadEvaluation(ReadJobs jobs, ReadTraining runs, TrainableDatanets datanets, StudioFolders folders)
{
    private const int Most = 200;

    internal static string PathIn(string runFolder) => Path.Combine(runFolder, "evaluation.json");

    internal static EvaluationReport? ReportIn(string runFolder) =>
        File.Exists(PathIn(runFolder)) ? CanonicalJson.Read<EvaluationReport>(File.ReadAllText(PathIn(runFolder))) : null;

    /// <summary>What was measured and what is being measured; null where there is no such run for this person.</summary>
    public async Task<EvaluationView?> OfAsync(Person person, string runId, CancellationToken cancel)
    {
        if (await runs.OneAsync(runId, person, cancel) is not { } run) return null;
        List<JobRow> asked = await jobs.NewestAsync(new JobCaller(person.Key, person.IsAdmin), EvaluationJob.KindName, Most, cancel);
        JobRow? last = asked.Find(row => CanonicalJson.Read<EvaluationInput>(row.Input).RunId == runId);
        TrainableDatanet[] others = [.. datanets.For(person).Where(one => !run.Summary.Input.VersionIds.Contains(one.Version.Id))];
        return new(ReportIn(folders.Run(runId)), last?.State == JobState.Finished ? null : last?.Id, last is { IsOver: false }, others);
    }
}

/// <summary>A run's measurements.</summary>
/// <param name="Report">Null until it was measured.</param>
/// <param name="JobId">A measuring that goes on or failed; null for none.</param>
/// <param name="IsUnderWay">Another can be asked for once it is over, however it ended.</param>
/// <param name="Others">Datanets on which forgetting can be looked for.</param>
public sealed record EvaluationView(EvaluationReport? Report, string? JobId, bool IsUnderWay, IReadOnlyList<TrainableDatanet> Others);
