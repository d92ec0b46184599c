using OpenLedger.Engine.Training;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Foretells time and memory of a run, or says why it cannot run. Takes a few seconds the first time on a base: it measures this machine.</summary>
public sealed class EstimateTraining(CheckTraining check, BaseModels bases, TrainingRows rows, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<string, MachineRate> _rates = [];

    /// <summary>The estimate, or the problems.</summary>
    public async Task<EstimatedTraining> EstimateAsync(TrainingInput input, Person person, CancellationToken cancel)
    {
        IReadOnlyList<RecipeProblem> problems = check.Problems(input, person);
        if (problems.Count > 0) return new(null, [], problems);
        await _one.WaitAsync(cancel); // two measurements beside each other would measure each other
        try
        {
            return await Task.Run(() => Estimate(input, cancel), cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private EstimatedTraining Estimate(TrainingInput input, CancellationToken cancel)
    {
        ModelDocument found = bases.Find(input.BaseId)!;
        using TrainingBase on = bases.Open(found, cancel);
        IReadOnlyList<RecipeProblem> problems = RecipeCheck.Problems(input.Recipe, [.. on.Model.Linears.Keys], on.Model.Config.MaxPositions);
        if (problems.Count > 0) return new(null, [], problems);
        try
        {
            (TrainingPlan plan, IReadOnlyList<SkippedRow> skipped) = rows.Plan(input, on);
            if (!_rates.TryGetValue(found.Id, out MachineRate? rate)) _rates[found.Id] = rate = MachineRate.Measure(on.Model, input.Recipe, time);
            return new(TrainingEstimate.For(plan, on.Model, rate), skipped, []);
        }
        catch (TrainingException refused)
        {
            return new(null, [], [new(nameof(input.VersionIds), refused.Message)]);
        }
    }
}

/// <summary>What a run will cost.</summary>
/// <param name="Estimate">Null when there are problems.</param>
/// <param name="Skipped">Rows that cannot be learned from.</param>
public sealed record EstimatedTraining(TrainingEstimate? Estimate, IReadOnlyList<SkippedRow> Skipped, IReadOnlyList<RecipeProblem> Problems);
