using System.Globalization;
using OpenLedger.Engine.Adapters;

namespace OpenLedger.Engine.Training;

/// <summary>Says which parts of a recipe's adapter cannot be had: by itself, and on a base with these names and sizes. Reads no weights.</summary>
internal static class AdapterCheck
{
    /// <summary>What needs no base to be seen.</summary>
    public static IEnumerable<RecipeProblem> Alone(TrainingRecipe recipe)
    {
        if (recipe.Pissa && recipe.Dora) yield return new(nameof(recipe.Pissa), "The adapter cannot both begin with the base's strongest directions (PiSSA) and learn lengths apart (DoRA): switch one off.");
        if (recipe is { TargetPattern: not null, LayersToTransform.Count: > 0 }) yield return new(nameof(recipe.LayersToTransform), "A pattern for layers names whole layers by itself: put the numbers into the pattern, or clear one of the two.");
        if (recipe.LayersToTransform?.FirstOrDefault(layer => layer < 0) is < 0) yield return new(nameof(recipe.LayersToTransform), "Layers are counted from 0: no number can be below that.");
        if (!Enum.IsDefined(recipe.Bias)) yield return new(nameof(recipe.Bias), "No biases learn, those of adapted layers, or all.");
        foreach ((string field, string pattern) in Patterns(recipe))
        {
            if (ModulePattern.Problem(pattern) is { } broken) yield return new(field, $"{Sentence(broken)} Names like q_proj, or patterns like layers\\.[0-3]\\..*, will do.");
        }
        foreach ((string pattern, int rank) in recipe.RankPattern ?? new Dictionary<string, int>())
            if (rank is < 1 or > 256) yield return new(nameof(recipe.RankPattern), $"The rank of '{pattern}' is {rank}; it must lie between 1 and 256.");
        foreach ((string pattern, double alpha) in recipe.AlphaPattern ?? new Dictionary<string, double>())
            if (!(alpha is >= 0.01 and <= 1024)) yield return new(nameof(recipe.AlphaPattern), string.Create(CultureInfo.InvariantCulture, $"The alpha of '{pattern}' is {alpha}; it must lie between 0.01 and 1024."));
    }

    /// <summary>What the base has not, or cannot do; only what <see cref="Alone"/> passes may be asked.</summary>
    public static IEnumerable<RecipeProblem> On(TrainingRecipe recipe, AdapterBase target)
    {
        RecipeProblem[] names = [.. Targets(recipe, target), .. Layers(recipe, target), .. Saved(recipe, target)];
        if (names.Length > 0) return names;
        try
        {
            IReadOnlyList<string> adapted = recipe.Adapter.TargetsIn(target);
            return [.. LeftOut(recipe, target, adapted), .. PatternsMeet(recipe, adapted), .. Biases(recipe, target), .. Kinds(recipe, target, adapted)];
        }
        catch (AdapterException refused)
        {
            return [new(recipe.TargetPattern is null ? nameof(recipe.TargetModules) : nameof(recipe.TargetPattern), Sentence(refused.Message))];
        }
    }

    private static IEnumerable<(string Field, string Pattern)> Patterns(TrainingRecipe recipe) =>
    [
        .. recipe.TargetPattern is { } target ? new[] { (nameof(recipe.TargetPattern), target) } : [],
        .. (recipe.RankPattern?.Keys ?? []).Select(pattern => (nameof(recipe.RankPattern), pattern)),
        .. (recipe.AlphaPattern?.Keys ?? []).Select(pattern => (nameof(recipe.AlphaPattern), pattern)),
    ];

    private static IEnumerable<RecipeProblem> Targets(TrainingRecipe recipe, AdapterBase target)
    {
        if (recipe.TargetPattern is not null) yield break;
        if (recipe.TargetModules.Count == 0) yield return new(nameof(recipe.TargetModules), "At least one layer must be tuned.");
        if (recipe.TargetModules is [LoraConfig.AllLinear]) yield break;
        foreach (string wanted in recipe.TargetModules)
        {
            string[] named = [.. target.Modules.Where(name => ModuleName.Matches(wanted, name))];
            if (named.Length == 0) yield return new(nameof(recipe.TargetModules), $"This base has no layer '{wanted}'. It has {Listed(target.Modules)}.");
            else if (named.All(recipe.Adapter.Saves)) yield return new(nameof(recipe.ModulesToSave), $"'{wanted}' is to be adapted and to be trained whole: take it out of one of the two.");
        }
    }

    // PEFT passes over what is on no numbered layer, unless its whole name is given.
    private static IEnumerable<RecipeProblem> LeftOut(TrainingRecipe recipe, AdapterBase target, IReadOnlyList<string> adapted) =>
        recipe.LayersToTransform is not { Count: > 0 } || recipe.TargetModules is [LoraConfig.AllLinear] ? []
            : recipe.TargetModules.Where(wanted => !adapted.Any(module => ModuleName.Matches(wanted, module))).Select(wanted => new RecipeProblem(
                nameof(recipe.LayersToTransform), $"'{wanted}' is on none of these layers: take it out, or give its whole name, {target.Modules.First(name => ModuleName.Matches(wanted, name))}."));

    private static IEnumerable<RecipeProblem> Layers(TrainingRecipe recipe, AdapterBase target)
    {
        int last = target.Linears.Keys.Max(recipe.Adapter.LayerOf) ?? 0;
        if (recipe.LayersToTransform?.Where(layer => layer > last).Order().FirstOrDefault() is int beyond and > 0)
            yield return new(nameof(recipe.LayersToTransform), $"This base has the layers 0 to {last}; layer {beyond} is none of them.");
    }

    private static IEnumerable<RecipeProblem> Saved(TrainingRecipe recipe, AdapterBase target) =>
        (recipe.ModulesToSave ?? []).Where(wanted => !target.Parts.Any(part => ModuleName.Matches(wanted, part)))
            .Select(wanted => new RecipeProblem(nameof(recipe.ModulesToSave), $"This base has no part '{wanted}' that could be trained whole. It has {Listed(target.Parts)}."));

    private static IEnumerable<RecipeProblem> PatternsMeet(TrainingRecipe recipe, IReadOnlyList<string> adapted) =>
        Patterns(recipe).Where(one => one.Field != nameof(recipe.TargetPattern) && !adapted.Any(module => ModulePattern.IsTail(one.Pattern, module)))
            .Select(one => new RecipeProblem(one.Field, $"'{one.Pattern}' names no layer that is adapted. Adapted are {Listed(adapted)}."));

    private static IEnumerable<RecipeProblem> Biases(TrainingRecipe recipe, AdapterBase target)
    {
        if (recipe.Bias == LoraBias.None || recipe.Adapter.ReplacedIn(target).Any(name => name.EndsWith(".bias", StringComparison.Ordinal))) yield break;
        yield return new(nameof(recipe.Bias), recipe.Bias == LoraBias.All ? "This base has no biases that could learn: choose none." : "The adapted layers of this base have no biases that could learn: choose none, or adapt others.");
    }

    private static IEnumerable<RecipeProblem> Kinds(TrainingRecipe recipe, AdapterBase target, IReadOnlyList<string> adapted)
    {
        if (target.Embedding is { } table && adapted.Contains(table.Key))
        {
            if (recipe.Dora) yield return new(nameof(recipe.Dora), $"'{table.Key}' looks words up and has no lengths to learn apart (DoRA): leave it out, or switch DoRA off.");
            if (recipe.Pissa) yield return new(nameof(recipe.Pissa), $"'{table.Key}' looks words up and has no directions to begin with (PiSSA): leave it out, or switch the strong start off.");
        }
        foreach (string module in recipe.Pissa ? adapted : [])
        {
            target.TryShape(module, out LinearShape shape);
            long narrow = Math.Min(shape.In, shape.Out);
            if (recipe.Adapter.RankFor(module) <= narrow) continue;
            yield return new(nameof(recipe.Rank), $"'{module}' has {narrow} directions to begin with, and rank {recipe.Adapter.RankFor(module)} asks for more: take a rank of at most {narrow}, leave that layer out, or switch the strong start (PiSSA) off.");
            yield break;   // its like on every other layer would say the same
        }
    }

    private static string Listed(IEnumerable<string> modules) => string.Join(", ", ModuleName.Tails(modules).Order(StringComparer.Ordinal));

    private static string Sentence(string message) => $"{char.ToUpperInvariant(message[0])}{message[1..]}.";
}
