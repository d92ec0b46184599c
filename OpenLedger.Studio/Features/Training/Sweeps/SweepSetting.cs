namespace OpenLedger.Studio.Features.Training.Sweeps;

/// <summary>A decision of a recipe that is worth trying at several values. Knows none of them.</summary>
public enum SweepSetting
{
    LearningRate,
    Rank,
    Passes,
    Dropout,
    Seed,
    Beta,
    OddsWeight,
}
