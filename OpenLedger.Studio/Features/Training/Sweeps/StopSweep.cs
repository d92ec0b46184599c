using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Training.Sweeps;

/// <summary>Stops what is left of a sweep for its owner, or for an admin. What is done stays, and so does every checkpoint.</summary>
public sealed class StopSweep(ReadSweep sweeps, ControlJob control)
{
    /// <returns>How many were stopped; null where there is no such sweep, or it is somebody else's.</returns>
    public async Task<int?> StopAsync(string id, Person person, CancellationToken cancel)
    {
        if (await sweeps.OneAsync(id, person, cancel) is not SweepView sweep) return null;
        int stopped = 0;
        // Those that wait first: the running one would hand its place to the next of them.
        foreach (SweepRun run in sweep.Runs.Where(run => !run.Run.IsOver).OrderBy(run => run.Run.State == JobState.Running))
            if (await control.CancelAsync(run.Run.Id, new JobCaller(person.Key, person.IsAdmin), cancel) == JobControl.Done) stopped++;
        return stopped;
    }
}
