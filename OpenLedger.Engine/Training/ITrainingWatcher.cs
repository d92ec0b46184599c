namespace OpenLedger.Engine.Training;

/// <summary>Whoever wants to see a run while it goes on: a page, a terminal, a test. Called on the run's thread; should return at once.</summary>
public interface ITrainingWatcher
{
    /// <summary>A step is done.</summary>
    void Stepped(StepProgress progress);

    /// <summary>The kept-out rows were measured.</summary>
    void Evaluated(HeldOutLoss loss);

    /// <summary>A checkpoint of that step is on disk.</summary>
    void CheckpointWritten(int step);
}
