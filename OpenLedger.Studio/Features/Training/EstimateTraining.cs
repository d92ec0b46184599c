using OpenLedger.Engine.Models;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Foretells time and memory of a run and shows what it learns from, or says why it cannot run. Takes a few seconds the first time on a base, for it measures this machine; then it answers at once.</summary>
public sealed class EstimateTraining(CheckTraining check, BaseModels bases, TrainingRows rows, TimeProvider time) : IDisposable
{
    private const int ShownRows = 4;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<(string BaseId, BaseForm Form, bool Recomputed), MeasuredBase> _measured = [];
    private PreparedFor? _last;

    /// <summary>The estimate, or the problems.</summary>
    public async Task<EstimatedTraining> EstimateAsync(TrainingInput input, Person person, CancellationToken cancel)
    {
        IReadOnlyList<RecipeProblem> problems = check.Problems(input, person);
        if (problems.Count > 0) return EstimatedTraining.Refused(problems);
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
        try
        {
            MeasuredBase on = Measure(bases.Find(input.BaseId)!, TrainingPreset.Balanced.Recipe with { Base = input.Recipe.Base, Recompute = input.Recipe.RecomputesLayers }, cancel);
            IReadOnlyList<RecipeProblem> problems = RecipeCheck.Problems(input.Recipe, on.Outline.Parts, on.Outline.Config.MaxPositions);
            if (problems.Count > 0) return EstimatedTraining.Refused(problems);
            PreparedRows prepared = Prepare(input, on.Words);
            TrainingEstimate estimate = TrainingEstimate.For(rows.Plan(input, prepared), on.Outline, on.Rate, Environment.WorkingSet);
            return new(estimate, prepared.Skipped, [.. prepared.Rows.Take(ShownRows).Select(row => LearnedText.Of(row, on.Words.Tokenizer))], []);
        }
        catch (TrainingException refused)
        {
            return EstimatedTraining.Refused([new(nameof(input.VersionIds), refused.Message)]);
        }
        catch (ModelException refused)
        {
            return EstimatedTraining.Refused([new(nameof(input.BaseId), $"This base cannot be opened: {refused.Message}.")]);
        }
    }

    // The rate is this machine's, that of this base in this form and of how its layers are read, whatever else the recipe says.
    private MeasuredBase Measure(ModelDocument found, TrainingRecipe recipe, CancellationToken cancel)
    {
        if (_measured.TryGetValue((found.Id, recipe.Base, recipe.Recompute), out MeasuredBase? known)) return known;
        using TrainingBase on = bases.Open(found, recipe.Base, cancel);
        return _measured[(found.Id, recipe.Base, recipe.Recompute)] = new(on.Words, on.Model.Outline, MachineRate.Measure(on.Model, recipe, time));
    }

    // Most changes in the wizard leave the rows as they are.
    private PreparedRows Prepare(TrainingInput input, BaseWords words)
    {
        string key = string.Join('|', [input.BaseId, .. input.VersionIds, $"{input.FromPassages}", $"{input.Recipe.SequenceLength}", $"{input.Recipe.RowsSeed}", $"{input.Recipe.Objective}"]);
        if (_last?.Key != key) _last = new(key, rows.Prepare(input, words));
        return _last.Rows;
    }

    private sealed record MeasuredBase(BaseWords Words, ModelOutline Outline, MachineRate Rate);

    private sealed record PreparedFor(string Key, PreparedRows Rows);
}

/// <summary>What a run will cost and what it learns from.</summary>
/// <param name="Estimate">Null when there are problems.</param>
/// <param name="Skipped">Rows that cannot be learned from.</param>
/// <param name="Shown">The first rows as the model will read them.</param>
/// <param name="Problems">Why it cannot run.</param>
public sealed record EstimatedTraining(TrainingEstimate? Estimate, IReadOnlyList<SkippedRow> Skipped, IReadOnlyList<LearnedText> Shown, IReadOnlyList<RecipeProblem> Problems)
{
    internal static EstimatedTraining Refused(IReadOnlyList<RecipeProblem> problems) => new(null, [], [], problems);
}
