namespace OpenLedger.Engine.Training;

/// <summary>How the learning rate moves after its warm-up.</summary>
public enum ScheduleKind
{
    /// <summary>Stays where it is.</summary>
    Constant,

    /// <summary>Falls in a straight line towards zero.</summary>
    Linear,

    /// <summary>Falls along half a cosine towards zero.</summary>
    Cosine,
}
