namespace OpenLedger.Engine.Evaluation;

/// <summary>What is measured of two models on the same rows.</summary>
public enum Measure
{
    /// <summary>e to the mean loss over the rows' answers: lower is better.</summary>
    Perplexity,

    /// <summary>Share of rows whose own answer is found likelier than three other rows' answers.</summary>
    Choice,

    /// <summary>Share of answers that are equal to the expected one.</summary>
    Exact,

    /// <summary>Mean of shared words, 0 to 1.</summary>
    F1,

    /// <summary>Of all answers together, 0 to 100.</summary>
    Bleu,

    Rouge1,

    Rouge2,

    RougeL,
}

/// <summary>One measure of base and tuned.</summary>
/// <param name="Change">Tuned minus base.</param>
/// <param name="Rows">Over how many rows.</param>
public sealed record Comparison(Measure Measure, double Base, double Tuned, Interval Change, int Rows)
{
    /// <summary>Whether a fall is an improvement.</summary>
    public bool LowerIsBetter => Measure == Measure.Perplexity;

    /// <summary>Whether the tuned model is clearly better; false if clearly worse, null if the rows do not say.</summary>
    public bool? IsBetter => !Change.IsClear ? null : LowerIsBetter ? Change.High < 0 : Change.Low > 0;

    /// <summary>Scores both and draws the interval.</summary>
    internal static Comparison Of<T>(Measure measure, IReadOnlyList<T> @base, IReadOnlyList<T> tuned, Func<IReadOnlyList<T>, double> score) =>
        new(measure, score(@base), score(tuned), PairedBootstrap.Of(@base, tuned, score), @base.Count);
}
