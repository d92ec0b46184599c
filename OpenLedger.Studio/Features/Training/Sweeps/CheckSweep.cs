using OpenLedger.Engine.Training;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Training.Sweeps;

/// <summary>Lays a sweep out in the runs that it would be, or says why it cannot be one. Queues nothing.</summary>
public sealed class CheckSweep(ReadyTraining ready)
{
    /// <summary>The runs in the order of the queue, each by its own name; or the problems.</summary>
    public async Task<(IReadOnlyList<TrainingInput> Runs, IReadOnlyList<RecipeProblem> Problems)> LayOutAsync(
        string id, TrainingInput input, IReadOnlyList<SweepLine> lines, Person person, CancellationToken cancel)
    {
        (TrainingInput each, IReadOnlyList<RecipeProblem> problems) = await ready.ForAsync(input, person, cancel);
        SweepPlan plan = SweepPlan.Of(each, lines);
        problems = [.. problems, .. plan.Problems];
        if (problems.Count == 0 && plan.Runs.Count == 0) problems = [new(SweepPlan.Field, "Nothing is to be tried yet. Choose a setting and write at least two values of it.")];
        if (problems.Count > 0) return ([], problems);
        TrainingInput[] runs = [.. plan.Runs.Select((values, i) => RunOf(each, new(id, each.Name, i + 1, values)))];
        problems = [.. TooLong(each.Name, runs), .. OutOfRange(runs)];
        return problems.Count > 0 ? ([], problems) : (runs, []);
    }

    private static TrainingInput RunOf(TrainingInput each, SweepPlace place) => each with
    {
        Name = $"{each.Name}, {SweepWords.Of(place.Values)}",
        Recipe = place.Values.Aggregate(each.Recipe, (recipe, value) => value.In(recipe)),
        Sweep = place,
    };

    // The first of each run: what else is out of range there follows from it, as alpha from the rank.
    private static IEnumerable<RecipeProblem> OutOfRange(TrainingInput[] runs) =>
        runs.Select(run => RecipeCheck.Ranges(run.Recipe).FirstOrDefault()?.Message).OfType<string>().Distinct().Select(message => new RecipeProblem(SweepPlan.Field, message));

    // The name alone may be short enough, and what tells the runs apart still has to stand behind it.
    private static IEnumerable<RecipeProblem> TooLong(string name, TrainingInput[] runs)
    {
        string longest = runs.MaxBy(run => run.Name.Length)!.Name;
        if (longest.Length > CheckTraining.LongestName)
            yield return new(nameof(TrainingInput.Name), $"Each adapter is called by its values too ('{longest}'): that is longer than {CheckTraining.LongestName} letters. Shorten the name to {CheckTraining.LongestName - (longest.Length - name.Length)}.");
    }
}
