using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Training;

/// <summary>A run decided in full before its first step: rows, order, rates, length. Holds no tensors.</summary>
public sealed class TrainingPlan
{
    private TrainingPlan(TrainingRecipe recipe, RowSplit split, IReadOnlyList<Sha256Hash> datasets, TrainingStart? start)
    {
        (Recipe, Split, Datasets, Start) = (recipe, split, datasets, start);
        Batches = new BatchPlan(split.Training, recipe.BatchSize, recipe.Accumulation, recipe.Seed, recipe.Packing);
        int all = Batches.StepsPerEpoch * recipe.Epochs;
        TotalSteps = recipe.MaxSteps > 0 ? Math.Min(all, recipe.MaxSteps) : all;
        Schedule = recipe.ScheduleFor(TotalSteps);
        Measured = [.. split.HeldOut.Take(recipe.EvaluationRows)];
    }

    /// <summary>The decisions it came from.</summary>
    public TrainingRecipe Recipe { get; }

    /// <summary>Rows to learn from and rows kept out.</summary>
    public RowSplit Split { get; }

    /// <summary>The kept-out rows that are measured on.</summary>
    public IReadOnlyList<EncodedRow> Measured { get; }

    /// <summary>Merkle roots of the Datanet versions that the rows come from.</summary>
    public IReadOnlyList<Sha256Hash> Datasets { get; }

    /// <summary>The adapter that it goes on from; null for a fresh one.</summary>
    public TrainingStart? Start { get; }

    /// <summary>Which rows stand in which step.</summary>
    public BatchPlan Batches { get; }

    /// <summary>Steps from start to end.</summary>
    public int TotalSteps { get; }

    /// <summary>The learning rate of each step.</summary>
    public LearningRateSchedule Schedule { get; }

    /// <summary>Tokens that will be read from start to end, padding not counted.</summary>
    public long TotalTokens => Enumerable.Range(0, TotalSteps).Sum(TokensOf);

    /// <summary>One hash over recipe, data and every row's tokens: two plans with one hash do the same.</summary>
    public Sha256Hash Hash => CanonicalJson.HashOf(new Identity(Recipe.Hash, Datasets, Split.Training.Select(HashOf), Measured.Select(HashOf), Start?.Parent.Weights));

    /// <summary>Plans a run.</summary>
    /// <exception cref="TrainingException">There is no row to learn from.</exception>
    public static TrainingPlan For(TrainingRecipe recipe, IReadOnlyList<EncodedRow> rows, IReadOnlyList<Sha256Hash> datasets, TrainingStart? start = null)
    {
        RowSplit split = RowSplit.Of(rows, recipe.EvaluationShare, recipe.RowsSeed);
        return split.Training.Count > 0 ? new(recipe, split, datasets, start) : throw new TrainingException("there is no row to learn from");
    }

    /// <summary>The pass that a step belongs to, both from 1.</summary>
    public int EpochOf(int step) => (step - 1) / Batches.StepsPerEpoch + 1;

    /// <summary>Whether a pass is complete after so many steps.</summary>
    public bool EndsEpoch(int step) => step % Batches.StepsPerEpoch == 0 || step == TotalSteps;

    private long TokensOf(int step) => Batches.Step(step).Sum(rows => rows.Sum(row => (long)row.Tokens));

    private static Sha256Hash HashOf(EncodedRow row) => CanonicalJson.HashOf(row);

    private sealed record Identity(Sha256Hash Recipe, IReadOnlyList<Sha256Hash> Datasets, IEnumerable<Sha256Hash> Training, IEnumerable<Sha256Hash> Measured, Sha256Hash? Start);
}
