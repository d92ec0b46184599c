using OpenLedger.Engine.Training;

namespace OpenLedger.Studio.Features.Training.Sweeps;

/// <summary>One setting at one value. Knows which field of a recipe that is, and no range.</summary>
public sealed record SweepValue(SweepSetting Setting, double Value)
{
    /// <summary>The recipe with this value in its place.</summary>
    public TrainingRecipe In(TrainingRecipe recipe) => Setting switch
    {
        SweepSetting.LearningRate => recipe with { LearningRate = Value },
        SweepSetting.Rank => recipe with { Rank = (int)Value, Alpha = AlphaAt(recipe) },
        SweepSetting.Passes => recipe with { Epochs = (int)Value },
        SweepSetting.Dropout => recipe with { Dropout = Value },
        // Another order of the same rows: with other rows kept out, the losses would not compare.
        SweepSetting.Seed => recipe with { Seed = (long)Value, SplitSeed = recipe.RowsSeed },
        SweepSetting.Beta => recipe with { Preference = (recipe.Preference ?? new()) with { Beta = Value } },
        SweepSetting.OddsWeight => recipe with { Preference = (recipe.Preference ?? new()) with { OddsWeight = Value } },
    };

    // The adapter's product is scaled by alpha / rank: kept as it is, as in the presets, so that the size alone is tried. With rsLoRA alpha stands by itself.
    private double AlphaAt(TrainingRecipe recipe) => recipe.RankStabilized || recipe.Rank <= 0 ? recipe.Alpha : recipe.Alpha * Value / recipe.Rank;
}
