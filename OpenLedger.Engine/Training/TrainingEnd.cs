namespace OpenLedger.Engine.Training;

/// <summary>How a call to the trainer ended.</summary>
public enum TrainingEnd
{
    /// <summary>All steps are done; the adapter and the run's record are written.</summary>
    Finished,

    /// <summary>A checkpoint is written; the next call goes on from it.</summary>
    Paused,

    /// <summary>Stopped by wish; the last checkpoint stays.</summary>
    Cancelled,
}
