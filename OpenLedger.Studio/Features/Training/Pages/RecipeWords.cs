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

    public static string Of(ScheduleKind schedule) => schedule switch
    {
        ScheduleKind.Constant => "stays constant",
        ScheduleKind.Linear => "falls in a line",
        ScheduleKind.Cosine => "falls as a cosine",
    };
}
