using Tensor = TorchSharp.torch.Tensor;

namespace OpenLedger.Engine.Training;

/// <summary>A way to learn from compared or marked answers: which texts it reads, and the loss over their log-probabilities. Knows no model.</summary>
internal abstract class PreferenceObjective
{
    /// <summary>Whether the loss compares with the model as it began.</summary>
    public abstract bool HasReference { get; }

    /// <summary>The texts of a batch that are learned from.</summary>
    public abstract IReadOnlyList<ScoredText> Texts(IReadOnlyList<EncodedRow> rows);

    /// <summary>Texts of a batch that only measure; read without gradients.</summary>
    public virtual IReadOnlyList<ScoredText> Beside(IReadOnlyList<EncodedRow> rows) => [];

    /// <summary>The batch's part of its step's loss: a scalar.</summary>
    public abstract Tensor Loss(PreferenceScores scores, IReadOnlyList<EncodedRow> rows, StepTotals totals);

    /// <summary>For how many rows the model agrees with the choice.</summary>
    public abstract int Agreements(PreferenceScores scores, IReadOnlyList<EncodedRow> rows);

    /// <summary>The objective of a recipe; null where it learns from plain rows.</summary>
    public static PreferenceObjective? Of(TrainingRecipe recipe)
    {
        PreferenceRecipe preference = recipe.Preference ?? new();
        return recipe.Objective switch
        {
            ObjectiveKind.EveryAnswer or ObjectiveKind.LastAnswer or ObjectiveKind.WholeText => null,
            ObjectiveKind.Preference => new DirectPreference(preference),
            ObjectiveKind.OddsRatio => new OddsRatioPreference(preference.OddsWeight),
            ObjectiveKind.Thumbs => new ThumbsPreference(preference),
        };
    }
}

/// <summary>What the losses are made of.</summary>
/// <param name="Policy">The learning model's scores.</param>
/// <param name="Reference">The same texts by the model as it began; null where the objective has none.</param>
/// <param name="PolicyBeside">The learning model's scores of the texts that only measure; null where there are none.</param>
/// <param name="ReferenceBeside">Those by the model as it began.</param>
internal sealed record PreferenceScores(TokenScores Policy, TokenScores? Reference, TokenScores? PolicyBeside = null, TokenScores? ReferenceBeside = null)
{
    /// <summary>By text: how much likelier the answer has become than it was at the start, in nats [texts].</summary>
    public Tensor Gains() => Policy.Sums() - Reference!.Sums();
}

/// <summary>What a step's means are taken over.</summary>
/// <param name="Rows">Rows of all its batches.</param>
/// <param name="Tokens">Tokens of their chosen texts, but for each one's first.</param>
internal sealed record StepTotals(int Rows, int Tokens)
{
    public static StepTotals Of(IEnumerable<IReadOnlyList<EncodedRow>> batches)
    {
        List<EncodedRow> rows = [.. batches.SelectMany(rows => rows)];
        return new(rows.Count, rows.Sum(row => row.Ids.Length - 1));
    }
}
