namespace OpenLedger.Studio.Storage.Ledger.Rows;

/// <summary>The truth about one piece of long work. Whoever executes it is told only the id. Knows nothing of what the work is.</summary>
public sealed class JobRow : IVersioned
{
    public required string Id { get; init; }

    /// <summary>Which body does it: "training", "settlement".</summary>
    public required string Kind { get; init; }

    /// <summary>Who asked: an address in lower case, or the node itself.</summary>
    public required string Owner { get; init; }

    /// <summary>What was asked, as JSON.</summary>
    public required string Input { get; init; }

    /// <summary>Kind and input by hash: the same work is not queued twice while it is unfinished or done.</summary>
    public required string InputHash { get; init; }

    public JobState State { get; private set; } = JobState.Queued;

    /// <summary>What a person asked of a job that has not heard it yet.</summary>
    public JobWish Wish { get; set; } = JobWish.Run;

    /// <summary>How often it was started.</summary>
    public int Attempt { get; set; }

    /// <summary>0 to 10,000.</summary>
    public int Progress { get; set; }

    /// <summary>What it does now, in words for people.</summary>
    public string? ProgressText { get; set; }

    /// <summary>The result, as JSON of its body.</summary>
    public string? Output { get; set; }

    /// <summary>Why it failed, in words for people.</summary>
    public string? Error { get; set; }

    /// <summary>Unix milliseconds, UTC; as are the other times.</summary>
    public required long Created { get; init; }

    public long? Started { get; set; }

    public long? Finished { get; set; }

    public long Version { get; set; }

    /// <summary>The one way a job changes state.</summary>
    /// <exception cref="JobStateException">No such step.</exception>
    public void MoveTo(JobState next)
    {
        if (!Allowed(State, next)) throw new JobStateException(Id, State, next);
        State = next;
    }

    public bool IsOver => State.IsOver();

    private static bool Allowed(JobState from, JobState to) => from switch
    {
        JobState.Queued => to is JobState.Running or JobState.Paused or JobState.Cancelled,
        // Running -> Running is a process that died: its successor takes the row up again.
        JobState.Running => to is not JobState.Queued,
        JobState.Paused => to is JobState.Queued or JobState.Cancelled,
        JobState.Failed => to is JobState.Queued, // tried again by a person
        JobState.Cancelled => to is JobState.Queued,
        JobState.Finished => false,
    };
}

/// <summary>Where a job stands. All but the last three are taken up again at start.</summary>
public enum JobState
{
    Queued,
    Running,
    Paused,
    Finished,
    Failed,
    Cancelled,
}

/// <summary>What holds of a state wherever a job is shown.</summary>
public static class JobStates
{
    /// <summary>Whether nothing more comes of the job unless a person asks for it again.</summary>
    public static bool IsOver(this JobState state) => state is JobState.Finished or JobState.Failed or JobState.Cancelled;
}

/// <summary>What a person wants of a running job.</summary>
public enum JobWish
{
    Run,
    Pause,
    Cancel,
}

/// <summary>A job was asked to take a step its state does not have.</summary>
public sealed class JobStateException(string id, JobState from, JobState to) : Exception($"job {id} is {from} and cannot become {to}");
