using OpenLedger.Engine.Records;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Training.Sweeps;

/// <summary>Shows a sweep to its owner, or to an admin. Changes nothing.</summary>
public sealed class ReadSweep(ReadJobs jobs, StudioFolders folders)
{
    /// <summary>Its runs with their measurements; null where there is none, or it is somebody else's.</summary>
    public async Task<SweepView?> OneAsync(string id, Person person, CancellationToken cancel)
    {
        if (!person.IsSignedIn) return null;
        List<JobRow> rows = await jobs.WithInAsync(new JobCaller(person.Key, person.IsAdmin), TrainingJob.KindName, id, cancel);
        SweepRun[] runs = [.. rows.Select(ReadTraining.Summary).Where(run => run.Input.Sweep?.Id == id).Select(RunOf).OrderBy(run => run.Place.Number)];
        return runs.Length == 0 ? null : new(id, runs);
    }

    private SweepRun RunOf(TrainingSummary run) =>
        new(run, run.Input.Sweep!, SweepRun.Counting(run.Input.Recipe, TrainingCurve.Read(folders.Run(run.Id)).Evaluations));
}
