using System.Text.Json.Serialization;

namespace OpenLedger.Engine.Training;

/// <summary>The decisions that only learning from compared or marked answers needs.</summary>
public sealed record PreferenceRecipe
{
    /// <summary>DPO's loss.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public PreferenceForm Form { get; init; }

    /// <summary>How closely the model stays to what it was; higher is closer. 0.001 to 10.</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>Share of the pairs whose choice may be wrong. 0 to below 0.5; for the sigmoid and robust forms.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Weight of the odds ratio beside plain learning in ORPO. Above 0, to 10.</summary>
    public double OddsWeight { get; init; } = 0.1;

    /// <summary>Weight of an answer with a thumb up in KTO. Above 0, to 10.</summary>
    public double LikedWeight { get; init; } = 1;

    /// <summary>Weight of an answer with a thumb down in KTO. Above 0, to 10.</summary>
    public double DislikedWeight { get; init; } = 1;
}
