using OpenLedger.Engine.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Queues a run for the person who asks, or says why not.</summary>
public sealed class StartTraining(CheckTraining check, TrainingStarts starts, EnqueueJob enqueue, TimeProvider time)
{
    /// <summary>The run's id, or the problems.</summary>
    public async Task<StartedTraining> StartAsync(TrainingInput input, Person person, CancellationToken cancel)
    {
        FoundStart? start = input.From is null ? null : await starts.FindAsync(input.From, person, cancel);
        if (start is not null) input = input with { BaseId = start.BaseId, Recipe = input.Recipe.GoingOnFrom(start.Config) };
        IReadOnlyList<RecipeProblem> problems = check.Problems(input, person);
        if (input.From is not null && start is null) problems = [.. problems, new(nameof(input.From), "What it should go on from is not here, or is somebody else's: choose another, or begin afresh.")];
        if (problems.Count > 0) return new(null, problems);
        TrainingInput asked = input with { Name = input.Name.Trim(), Asked = time.GetUtcNow().ToUnixTimeMilliseconds() };
        return new(await enqueue.EnqueueAsync(TrainingJob.KindName, person.Key, asked, cancel), []);
    }
}

/// <summary>What became of the wish to train.</summary>
/// <param name="RunId">The queued run, or null when there are problems.</param>
public sealed record StartedTraining(string? RunId, IReadOnlyList<RecipeProblem> Problems);
