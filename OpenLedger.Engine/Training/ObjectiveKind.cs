namespace OpenLedger.Engine.Training;

/// <summary>What a run teaches, and so which rows it can use.</summary>
public enum ObjectiveKind
{
    /// <summary>To say what the assistant says, in every turn.</summary>
    EveryAnswer,

    /// <summary>To say what the assistant says last.</summary>
    LastAnswer,

    /// <summary>To go on as the texts do, throughout: continued pre-training.</summary>
    WholeText,

    /// <summary>To prefer the chosen answer to the rejected one, measured against the model as it began (DPO).</summary>
    Preference,

    /// <summary>To say the chosen answer and to find the rejected one unlikely, without a second model (ORPO).</summary>
    OddsRatio,

    /// <summary>To say what got a thumb up and not what got a thumb down (KTO).</summary>
    Thumbs,
}
