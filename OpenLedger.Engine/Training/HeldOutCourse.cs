namespace OpenLedger.Engine.Training;

/// <summary>The measurements of a run so far, asked which was best and how long ago. Measures nothing.</summary>
internal sealed record HeldOutCourse(IReadOnlyList<HeldOutLoss> Measurements)
{
    /// <summary>The lowest loss after a step, the earlier of two equal ones; the measurement before the first step is of the base and counts as none.</summary>
    public HeldOutLoss? Best => Measurements.Where(loss => loss.Step > 0).MinBy(loss => loss.Loss);

    /// <summary>Measurements after the best one.</summary>
    public int SinceBest => Best is HeldOutLoss best ? Measurements.Count(loss => loss.Step > best.Step) : 0;
}
