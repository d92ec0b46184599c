using OpenLedger.Engine.Training;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Training.Sweeps;

/// <summary>Foretells what all runs of a sweep cost together, or says why it cannot be one. Starts nothing.</summary>
public sealed class EstimateSweep(CheckSweep check, EstimateTraining estimating)
{
    /// <summary>The sum, or the problems.</summary>
    public async Task<EstimatedSweep> EstimateAsync(TrainingInput input, IReadOnlyList<SweepLine> lines, Person person, CancellationToken cancel)
    {
        (IReadOnlyList<TrainingInput> runs, IReadOnlyList<RecipeProblem> problems) = await check.LayOutAsync("estimate", input, lines, person, cancel);
        if (problems.Count > 0) return new(0, null, problems);
        List<TrainingEstimate> each = [];
        foreach (IGrouping<TrainingRecipe, TrainingInput> same in runs.GroupBy(run => CostOf(run.Recipe, input.Recipe)))
        {
            EstimatedTraining one = await estimating.EstimateAsync(same.First() with { Recipe = same.Key }, person, cancel);
            if (one.Estimate is not { } estimate) return new(0, null, one.Problems);
            each.AddRange(same.Select(_ => estimate));
        }
        return new(runs.Count, Together(each), []);
    }

    // One behind another: times add up, and the memory of one is given back before the next begins.
    private static TrainingEstimate Together(List<TrainingEstimate> each) => new(
        each.Sum(one => one.Seconds), each.Max(one => one.MemoryBytes), each.Sum(one => one.Steps), each.Sum(one => one.Tokens), each.Sum(one => one.LearnedTokens));

    // A run takes as long at any rate and in any order of its rows.
    private static TrainingRecipe CostOf(TrainingRecipe recipe, TrainingRecipe asked) =>
        recipe with { LearningRate = asked.LearningRate, Seed = asked.Seed, SplitSeed = asked.SplitSeed, Dropout = asked.Dropout, Preference = asked.Preference };
}

/// <summary>What a sweep costs.</summary>
/// <param name="Runs">How many trainings it is.</param>
/// <param name="Whole">Time, steps and tokens of all; memory of the largest. Null when there are problems.</param>
public sealed record EstimatedSweep(int Runs, TrainingEstimate? Whole, IReadOnlyList<RecipeProblem> Problems);
