using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Training.Sweeps;

/// <summary>A sweep as its page shows it: its runs in the order of the queue, and which is best. Reads nothing.</summary>
/// <param name="Runs">At least one.</param>
public sealed record SweepView(string Id, IReadOnlyList<SweepRun> Runs)
{
    private static readonly SweepSetting[] ChangeTheLoss = [SweepSetting.Beta, SweepSetting.OddsWeight];

    public string Name => Runs[0].Place.Name;

    /// <summary>The settings that differ, in the order in which they were asked for.</summary>
    public IReadOnlyList<SweepSetting> Settings => [.. Runs[0].Place.Values.Select(value => value.Setting)];

    /// <summary>Whether runs are compared by how often they agree with the choices: where a setting is part of the loss itself, losses do not compare.</summary>
    public bool ByAgreement => Settings.Any(ChangeTheLoss.Contains) && Runs.All(run => run.HeldOut is null or { Agreement: not null });

    /// <summary>The best of those that are done; null before the first is.</summary>
    public SweepRun? Best
    {
        get
        {
            IEnumerable<SweepRun> done = Runs.Where(run => run is { Run.State: JobState.Finished, HeldOut: not null });
            return ByAgreement ? done.MaxBy(run => run.HeldOut!.Agreement) : done.MinBy(run => run.HeldOut!.Loss);
        }
    }

    /// <summary>The sweep a step later; null where a run came to another state, and has to be read.</summary>
    public SweepView? With(JobProgress moved) => Runs.Any(run => run.Run.Id == moved.JobId && run.Run.State == moved.State)
        ? this with { Runs = [.. Runs.Select(run => run.Run.Id == moved.JobId ? run.With(moved) : run)] } : null;

    public bool IsOver => Runs.All(run => run.Run.IsOver);

    public int Count(params ReadOnlySpan<JobState> states)
    {
        int count = 0;
        foreach (SweepRun run in Runs)
            if (states.Contains(run.Run.State)) count++;
        return count;
    }
}
