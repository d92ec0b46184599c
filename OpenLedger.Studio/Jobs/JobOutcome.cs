namespace OpenLedger.Studio.Jobs;

/// <summary>How a body ended: done, set aside, or unable, which is an answer and not an error.</summary>
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <param name="Output">JSON of the body's own.</param>
    public sealed record Finished(string? Output = null) : JobOutcome;

    /// <summary>Pause was asked for, and all that is needed to go on is kept.</summary>
    public sealed record Paused : JobOutcome;

    /// <param name="Reason">What is wrong and how to mend it, in words for people.</param>
    public sealed record Failed(string Reason) : JobOutcome;
}
