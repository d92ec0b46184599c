using System.Globalization;
using OpenLedger.Engine.Adapters;

namespace OpenLedger.Engine.Training;

/// <summary>Says which fields of a recipe are out of range, and what range would do. Changes nothing.</summary>
public static class RecipeCheck
{
    /// <summary>All problems of the recipe on a base of these parts and this context; empty when it can run.</summary>
    public static IReadOnlyList<RecipeProblem> Problems(TrainingRecipe recipe, AdapterBase target, int contextTokens)
    {
        RecipeProblem[] alone = [.. AdapterCheck.Alone(recipe)];
        return [.. Fields(recipe).OfType<RecipeProblem>(), .. alone.Length > 0 ? alone : AdapterCheck.On(recipe, target), .. Context(recipe, contextTokens)];
    }

    /// <summary>The problems that need no base to be seen.</summary>
    public static IEnumerable<RecipeProblem> Ranges(TrainingRecipe recipe) => [.. Fields(recipe).OfType<RecipeProblem>(), .. AdapterCheck.Alone(recipe)];

    private static RecipeProblem?[] Fields(TrainingRecipe r) =>
    [
        Within(nameof(r.Rank), r.Rank, 1, 256),
        Within(nameof(r.Alpha), r.Alpha, 0.01, 1024),
        Within(nameof(r.Dropout), r.Dropout, 0, 0.5),
        Within(nameof(r.LearningRate), r.LearningRate, 1e-6, 1e-1),
        Within(nameof(r.WarmupShare), r.WarmupShare, 0, 0.5),
        Within(nameof(r.Epochs), r.Epochs, 1, 50),
        Within(nameof(r.BatchSize), r.BatchSize, 1, 64),
        Within(nameof(r.Accumulation), r.Accumulation, 1, 64),
        Within(nameof(r.SequenceLength), r.SequenceLength, 16, 8192),
        Within(nameof(r.Seed), r.Seed, 0, (1L << 53) - 1),
        Within(nameof(r.SplitSeed), r.RowsSeed, 0, (1L << 53) - 1),
        Within(nameof(r.EvaluationShare), r.EvaluationShare, 0, 0.5),
        Within(nameof(r.EvaluationRows), r.EvaluationRows, 1, 1000),
        Within(nameof(r.EvaluateEvery), r.EvaluateEvery, 0, 100_000),
        Within(nameof(r.CheckpointEvery), r.CheckpointEvery, 1, 10_000),
        Within(nameof(r.MaxSteps), r.MaxSteps, 0, 1_000_000),
        Within(nameof(r.MaxGradientNorm), r.MaxGradientNorm, 0, 1000),
        Within(nameof(r.WeightDecay), r.WeightDecay, 0, 1),
        Within(nameof(r.NoiseAlpha), r.NoiseAlpha, 0, 100),
        r.LoraPlusRatio == 0 ? null : Within(nameof(r.LoraPlusRatio), r.LoraPlusRatio, 1, 64),
        Within(nameof(r.Patience), r.Patience, 0, 100),
        r.Patience > 0 && r.EvaluationShare == 0 ? new(nameof(r.Patience), "Without rows held out there is nothing to measure: hold some out, or switch early stopping off.") : null,
        r.KeepBest && r.EvaluationShare == 0 ? new(nameof(r.KeepBest), "Without rows held out there is no best measurement: hold some out, or keep the last adapter.") : null,
        Enum.IsDefined(r.Objective) ? null : new(nameof(r.Objective), "The run teaches every answer, the last answer, whole texts, preference, odds ratio or thumbs."),
        r.Objective == ObjectiveKind.Thumbs && r.BatchSize < 2 ? new(nameof(r.BatchSize), "Learning from thumbs compares rows with their neighbours: put at least 2 side by side.") : null,
        .. Preference(r.Preference ?? new()),
        Enum.IsDefined(r.Base) ? null : new(nameof(r.Base), "The base is held as float32, nf4 or int8."),
        Enum.IsDefined(r.Schedule) ? null : new(nameof(r.Schedule), "The schedule must be constant, linear or cosine."),
    ];

    private static RecipeProblem?[] Preference(PreferenceRecipe p) =>
    [
        Within(nameof(p.Beta), p.Beta, 0.001, 10),
        Within(nameof(p.LabelSmoothing), p.LabelSmoothing, 0, 0.49),
        Within(nameof(p.OddsWeight), p.OddsWeight, 0.001, 10),
        Within(nameof(p.LikedWeight), p.LikedWeight, 0.001, 10),
        Within(nameof(p.DislikedWeight), p.DislikedWeight, 0.001, 10),
        Enum.IsDefined(p.Form) ? null : new(nameof(p.Form), "The loss must be sigmoid, robust, ipo or hinge."),
        p.LabelSmoothing > 0 && p.Form is PreferenceForm.Ipo or PreferenceForm.Hinge ? new(nameof(p.LabelSmoothing), "Only the sigmoid and robust losses allow for wrong choices: set the share to 0.") : null,
    ];

    // Not "value < low || value > high": a NaN must fail too.
    private static RecipeProblem? Within(string field, double value, double low, double high) =>
        value >= low && value <= high
            ? null
            : new(field, string.Create(CultureInfo.InvariantCulture, $"{field} is {value}; it must lie between {low} and {high}."));

    private static IEnumerable<RecipeProblem> Context(TrainingRecipe recipe, int contextTokens)
    {
        if (recipe.SequenceLength > contextTokens)
            yield return new(nameof(recipe.SequenceLength), $"SequenceLength is {recipe.SequenceLength}; this base reads {contextTokens} tokens at most.");
    }
}
