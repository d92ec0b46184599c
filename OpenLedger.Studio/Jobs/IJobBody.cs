namespace OpenLedger.Studio.Jobs;

/// <summary>What one kind of job does; each feature brings its own. It knows its input and its files, and nothing of queues.</summary>
/// <remarks>A job runs at least once: a body whose output for this input is there returns it, and one that was killed goes on from what it kept.</remarks>
public interface IJobBody
{
    /// <summary>The kind it answers for.</summary>
    string Kind { get; }

    /// <summary>Takes all cores for minutes: such jobs run one after another, the others beside them.</summary>
    bool IsHeavy => false;

    /// <param name="job">What to do, and where to say how far it is.</param>
    /// <param name="cancel">Fires when the job is cancelled or the Studio stops; leave by <see cref="OperationCanceledException"/>.</param>
    Task<JobOutcome> RunAsync(JobContext job, CancellationToken cancel);
}
