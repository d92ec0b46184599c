using OpenLedger.Engine.Training;

namespace OpenLedger.Studio.Features.Training.Sweeps;

/// <summary>Every combination of the values to be tried, or why they cannot be. Knows no queue and no person.</summary>
/// <param name="Runs">The values of each run; empty where nothing is to be tried.</param>
/// <param name="Problems">What is wrong with the lines, in sentences.</param>
public sealed record SweepPlan(IReadOnlyList<IReadOnlyList<SweepValue>> Runs, IReadOnlyList<RecipeProblem> Problems)
{
    /// <summary>Most runs of a sweep.</summary>
    public const int MostRuns = 12;

    /// <summary>Most settings that one varies.</summary>
    public const int MostSettings = 3;

    /// <summary>The field that a sweep's problems belong to.</summary>
    public const string Field = "Sweep";

    /// <summary>What may be tried for a recipe: the size is given where it goes on from an adapter, and what an objective does not use changes nothing.</summary>
    public static IReadOnlyList<SweepSetting> Offered(TrainingInput input) => [.. Enum.GetValues<SweepSetting>().Where(setting => setting switch
    {
        SweepSetting.Rank => input.From is null,
        SweepSetting.Beta => input.Recipe.Objective is ObjectiveKind.Preference or ObjectiveKind.Thumbs,
        SweepSetting.OddsWeight => input.Recipe.Objective is ObjectiveKind.OddsRatio,
        SweepSetting.LearningRate or SweepSetting.Passes or SweepSetting.Dropout or SweepSetting.Seed => true,
    })];

    /// <summary>Combines the lines that are filled in; the first line's values change slowest.</summary>
    public static SweepPlan Of(TrainingInput input, IReadOnlyList<SweepLine> lines)
    {
        SweepLine[] filled = [.. lines.Where(line => !string.IsNullOrWhiteSpace(line.Text))];
        (IReadOnlyList<SweepValue> Values, string? Problem)[] read = [.. filled.Select(line => line.Read())];
        string[] problems = [.. Wrong(input, filled), .. read.Select(one => one.Problem).OfType<string>()];
        if (problems.Length == 0 && TooMany([.. read.Select(one => one.Values.Count)]) is string many) problems = [many];
        if (problems.Length > 0 || filled.Length == 0) return new([], [.. problems.Select(problem => new RecipeProblem(Field, problem))]);
        return new(read.Aggregate<(IReadOnlyList<SweepValue> Values, string? Problem), IReadOnlyList<IReadOnlyList<SweepValue>>>(
            [[]], (runs, axis) => [.. runs.SelectMany(run => axis.Values.Select(value => (IReadOnlyList<SweepValue>)[.. run, value]))]), []);
    }

    private static IEnumerable<string> Wrong(TrainingInput input, SweepLine[] lines)
    {
        if (lines.Length == 0) yield break;
        if (lines.Length > MostSettings) yield return $"{lines.Length} settings are to be tried; a sweep varies at most {MostSettings}. Take some away.";
        if (lines.GroupBy(line => line.Setting).FirstOrDefault(same => same.Count() > 1) is { } twice) yield return $"{SweepWords.Title(twice.Key)} stands twice. Write all of its values in one line.";
        foreach (SweepLine line in lines.Where(line => !Offered(input).Contains(line.Setting)))
            yield return $"{SweepWords.Title(line.Setting)} cannot be tried here: {(line.Setting == SweepSetting.Rank ? "what the training goes on from has its size already" : "what it learns does not use it")}. Take the line away.";
        if (input.Recipe.EvaluationShare == 0) yield return "Without rows held out there is nothing to compare the trainings by. Hold some out, under Measuring and stopping.";
    }

    private static string? TooMany(int[] counts) => counts.Aggregate(1L, (product, count) => product * count) switch
    {
        1 when counts.Length > 0 => "One value is nothing to choose from. Write at least two, with a comma between them.",
        long runs when runs > MostRuns => $"{string.Join(" × ", counts)}{(counts.Length > 1 ? $" values make {runs:N0} trainings" : " values make as many trainings")}; a sweep has at most {MostRuns}. Take some values away.",
        _ => null,
    };
}
