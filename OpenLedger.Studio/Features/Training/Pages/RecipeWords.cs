using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Training;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>How a recipe's choices are said on its pages. Decides nothing.</summary>
internal static class RecipeWords
{
    public static string Of(ObjectiveKind objective) => objective switch
    {
        ObjectiveKind.EveryAnswer => "every answer",
        ObjectiveKind.LastAnswer => "the last answer only",
        ObjectiveKind.WholeText => "whole texts",
        ObjectiveKind.Preference => "preference (DPO)",
        ObjectiveKind.OddsRatio => "preference without a second model (ORPO)",
        ObjectiveKind.Thumbs => "thumbs up and down (KTO)",
    };

    public static string Help(ObjectiveKind objective) => objective switch
    {
        ObjectiveKind.EveryAnswer => "It learns to say what the assistant says, in every turn.",
        ObjectiveKind.LastAnswer => "It learns only the answer that ends each conversation.",
        ObjectiveKind.WholeText => "It reads on through all texts: how a field is written about, before it learns to answer.",
        ObjectiveKind.Preference => "It learns to prefer the chosen answer to the rejected one; rows need both.",
        ObjectiveKind.OddsRatio => "It learns the chosen answer and turns from the rejected one in one go; rows need both.",
        ObjectiveKind.Thumbs => "It learns from single answers that got a thumb up or down.",
    };

    public static string Of(PreferenceForm form) => form switch
    {
        PreferenceForm.Sigmoid => "sigmoid, the usual",
        PreferenceForm.Robust => "robust to wrong choices",
        PreferenceForm.Ipo => "IPO, to a set distance",
        PreferenceForm.Hinge => "hinge, until far enough",
    };

    public static string Of(BaseForm form) => form switch
    {
        BaseForm.Float32 => "32 bits, exact",
        BaseForm.Nf4 => "4 bits (QLoRA)",
        BaseForm.Int8 => "8 bits",
    };

    public static string Of(LoraBias bias) => bias switch
    {
        LoraBias.None => "stay as they are",
        LoraBias.LoraOnly => "of adapted layers learn",
        LoraBias.All => "all learn",
    };

    /// <summary>Which layers carry a pair.</summary>
    public static string LayersOf(TrainingRecipe recipe) =>
        (recipe.TargetPattern is { } pattern ? $"named by {pattern}" : string.Join(", ", recipe.TargetModules))
        + (recipe.LayersToTransform is { Count: > 0 } layers ? $", only in layers {AdapterText.Of(layers)}" : "");

    /// <summary>What is unusual about the adapter, by name.</summary>
    public static IReadOnlyList<(string Name, string Text)> Unusual(TrainingRecipe recipe) =>
    [
        .. recipe.RankPattern is { Count: > 0 } ranks ? new[] { ("Rank by layer", AdapterText.Of(ranks).ReplaceLineEndings(", ")) } : [],
        .. recipe.AlphaPattern is { Count: > 0 } alphas ? new[] { ("Alpha by layer", AdapterText.Of(alphas).ReplaceLineEndings(", ")) } : [],
        .. recipe.ModulesToSave is { Count: > 0 } wholes ? new[] { ("Trained whole", string.Join(", ", wholes)) } : [],
        .. recipe.Bias != LoraBias.None ? new[] { ("Biases", Of(recipe.Bias)) } : [],
        .. recipe.RankStabilized || recipe.Dora || recipe.Pissa ? new[] { ("Kind", string.Join(", ", Kinds(recipe))) } : [],
    ];

    private static IEnumerable<string> Kinds(TrainingRecipe recipe)
    {
        if (recipe.RankStabilized) yield return "steady at high ranks (rsLoRA)";
        if (recipe.Dora) yield return "lengths apart (DoRA)";
        if (recipe.Pissa) yield return "strong start (PiSSA)";
    }

    public static string Of(ScheduleKind schedule) => schedule switch
    {
        ScheduleKind.Constant => "stays constant",
        ScheduleKind.Linear => "falls in a line",
        ScheduleKind.Cosine => "falls as a cosine",
    };
}
