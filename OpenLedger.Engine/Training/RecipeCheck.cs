using System.Globalization;
using OpenLedger.Engine.Adapters;

namespace OpenLedger.Engine.Training;

/// <summary>Says which fields of a recipe are out of range, and what range would do. Changes nothing.</summary>
public static class RecipeCheck
{
    /// <summary>All problems of the recipe on a base with these linear layers and this context; empty when it can run.</summary>
    public static IReadOnlyList<RecipeProblem> Problems(TrainingRecipe recipe, IReadOnlyCollection<string> linears, int contextTokens) =>
    [
        .. Ranges(recipe),
        .. Targets(recipe, linears),
        .. Context(recipe, contextTokens),
    ];

    /// <summary>The problems that need no base to be seen.</summary>
    public static IEnumerable<RecipeProblem> Ranges(TrainingRecipe recipe) => Fields(recipe).OfType<RecipeProblem>();

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
        Within(nameof(r.EvaluationShare), r.EvaluationShare, 0, 0.5),
        Within(nameof(r.EvaluationRows), r.EvaluationRows, 1, 1000),
        Within(nameof(r.EvaluateEvery), r.EvaluateEvery, 0, 100_000),
        Within(nameof(r.CheckpointEvery), r.CheckpointEvery, 1, 10_000),
        Within(nameof(r.MaxSteps), r.MaxSteps, 0, 1_000_000),
        Within(nameof(r.MaxGradientNorm), r.MaxGradientNorm, 0, 1000),
        Within(nameof(r.WeightDecay), r.WeightDecay, 0, 1),
        Enum.IsDefined(r.Schedule) ? null : new(nameof(r.Schedule), "The schedule must be constant, linear or cosine."),
    ];

    // Not "value < low || value > high": a NaN must fail too.
    private static RecipeProblem? Within(string field, double value, double low, double high) =>
        value >= low && value <= high
            ? null
            : new(field, string.Create(CultureInfo.InvariantCulture, $"{field} is {value}; it must lie between {low} and {high}."));

    private static IEnumerable<RecipeProblem> Targets(TrainingRecipe recipe, IReadOnlyCollection<string> linears)
    {
        if (recipe.TargetModules.Count == 0) yield return new(nameof(recipe.TargetModules), "At least one layer must be tuned.");
        if (recipe.TargetModules is [LoraConfig.AllLinear]) yield break;
        foreach (string target in recipe.TargetModules.Where(target => !linears.Any(name => Names(target, name))))
            yield return new(nameof(recipe.TargetModules), $"This base has no layer '{target}'. It has {string.Join(", ", Endings(linears))}.");
    }

    private static bool Names(string target, string linear) => linear == target || linear.EndsWith("." + target, StringComparison.Ordinal);

    private static IEnumerable<string> Endings(IEnumerable<string> linears) =>
        linears.Select(name => name[(name.LastIndexOf('.') + 1)..]).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<RecipeProblem> Context(TrainingRecipe recipe, int contextTokens)
    {
        if (recipe.SequenceLength > contextTokens)
            yield return new(nameof(recipe.SequenceLength), $"SequenceLength is {recipe.SequenceLength}; this base reads {contextTokens} tokens at most.");
    }
}
