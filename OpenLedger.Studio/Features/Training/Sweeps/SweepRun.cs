using OpenLedger.Engine.Training;
using OpenLedger.Studio.Jobs;

namespace OpenLedger.Studio.Features.Training.Sweeps;

/// <summary>A run of a sweep with what it came to so far. Compares it with no other.</summary>
/// <param name="Run">The training.</param>
/// <param name="Place">Where it stands in the sweep.</param>
/// <param name="HeldOut">On the kept-out rows, of the adapter that is kept; null before the first measurement after a step.</param>
public sealed record SweepRun(TrainingSummary Run, SweepPlace Place, HeldOutLoss? HeldOut)
{
    /// <summary>The run a step later: what it came to is taken from what it tells, and no file is read.</summary>
    public SweepRun With(JobProgress moved) => this with
    {
        Run = Run with { Progress = moved.Progress, Text = moved.Text },
        HeldOut = moved.Detail is TrainingPoint { Evaluation: { Step: > 0 } loss } ? Counting(Run.Input.Recipe, HeldOut is null ? [loss] : [HeldOut, loss]) : HeldOut,
    };

    /// <summary>What a run of these measurements is judged by: its best one where that one's adapter is kept, else its newest.</summary>
    public static HeldOutLoss? Counting(TrainingRecipe recipe, IEnumerable<HeldOutLoss> measured)
    {
        HeldOutLoss[] after = [.. measured.Where(loss => loss.Step > 0)]; // before the first step it is the base's
        return recipe.KeepBest ? after.MinBy(loss => loss.Loss) : after.LastOrDefault();
    }
}
