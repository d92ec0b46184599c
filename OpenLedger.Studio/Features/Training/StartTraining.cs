using OpenLedger.Engine.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Queues a run for the person who asks, or says why not.</summary>
public sealed class StartTraining(ReadyTraining ready, EnqueueJob enqueue, TimeProvider time)
{
    /// <summary>The run's id, or the problems.</summary>
    public async Task<StartedTraining> StartAsync(TrainingInput input, Person person, CancellationToken cancel)
    {
        (TrainingInput readied, IReadOnlyList<RecipeProblem> problems) = await ready.ForAsync(input, person, cancel);
        if (problems.Count > 0) return new(null, problems);
        TrainingInput asked = readied with { Asked = time.GetUtcNow().ToUnixTimeMilliseconds() };
        return new(await enqueue.EnqueueAsync(TrainingJob.KindName, person.Key, asked, cancel), []);
    }
}

/// <summary>What became of the wish to train.</summary>
/// <param name="RunId">The queued run, or null when there are problems.</param>
public sealed record StartedTraining(string? RunId, IReadOnlyList<RecipeProblem> Problems);
