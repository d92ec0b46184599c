using OpenLedger.Engine.Training;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>The decisions that only compared or marked answers need.</summary>
public sealed partial class PreferenceFields
{
    private static readonly PreferenceForm[] Forms = Enum.GetValues<PreferenceForm>();

    private PreferenceRecipe Own => Recipe.Preference ?? new();

    /// <summary>Whether an objective has any.</summary>
    public static bool Has(ObjectiveKind objective) => objective is ObjectiveKind.Preference or ObjectiveKind.OddsRatio or ObjectiveKind.Thumbs;

    private Task ChangeOwn(PreferenceRecipe own) => Change(Recipe with { Preference = own });
}
