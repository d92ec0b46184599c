namespace OpenLedger.Engine.Training;

/// <summary>The learning rate of each step: a straight warm-up, then constant, linear or cosine. Knows nothing of rows or tensors.</summary>
/// <remarks>The formulas are those of transformers' schedulers: the first warm-up step has rate zero, the last step is not at zero.</remarks>
public sealed record LearningRateSchedule(ScheduleKind Kind, double Peak, int WarmupSteps, int TotalSteps)
{
    /// <summary>The rate used by the update with this number, counted from 0.</summary>
    public double At(int step)
    {
        if (step < WarmupSteps) return Peak * step / WarmupSteps;
        double done = Math.Min(1.0, (double)(step - WarmupSteps) / Math.Max(1, TotalSteps - WarmupSteps));
        return Kind switch
        {
            ScheduleKind.Constant => Peak,
            ScheduleKind.Linear => Peak * (1 - done),
            ScheduleKind.Cosine => Peak * 0.5 * (1 + Math.Cos(Math.PI * done)),
        };
    }
}
