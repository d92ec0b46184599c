using OpenLedger.Engine.Training;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Makes a wish ready to be queued: with base and size of what it goes on from, or says why not. Queues nothing.</summary>
public sealed class ReadyTraining(CheckTraining check, TrainingStarts starts)
{
    /// <summary>The input as it would be queued, with all problems.</summary>
    public async Task<(TrainingInput Input, IReadOnlyList<RecipeProblem> Problems)> ForAsync(TrainingInput input, Person person, CancellationToken cancel)
    {
        FoundStart? start = input.From is null ? null : await starts.FindAsync(input.From, person, cancel);
        if (start is not null) input = input with { BaseId = start.BaseId, Recipe = input.Recipe.GoingOnFrom(start.Config) };
        IReadOnlyList<RecipeProblem> problems = check.Problems(input, person);
        if (input.From is not null && start is null) problems = [.. problems, new(nameof(input.From), "What it should go on from is not here, or is somebody else's: choose another, or begin afresh.")];
        return (input with { Name = input.Name.Trim() }, problems);
    }
}
