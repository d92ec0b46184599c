namespace OpenLedger.Engine.Training;

/// <summary>How long a run still takes, by the pace since it was last taken up. Knows nothing of the machine.</summary>
internal sealed class TrainingPace(TimeProvider time, long totalTokens, long tokensBefore)
{
    private readonly long _began = time.GetTimestamp();
    private long _tokens;

    /// <summary>Counts a step's tokens and foretells the rest, measurements and checkpoints included in the pace.</summary>
    public double SecondsLeft(int tokens)
    {
        _tokens += tokens;
        double seconds = time.GetElapsedTime(_began).TotalSeconds;
        return seconds / _tokens * Math.Max(0, totalTokens - tokensBefore - _tokens);
    }
}
