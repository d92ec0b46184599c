namespace OpenLedger.Engine.Evaluation;

/// <summary>A difference with the range in which it lies 95 times of 100.</summary>
public sealed record Interval(double Difference, double Low, double High)
{
    /// <summary>Whether it is clearly not zero.</summary>
    public bool IsClear => Low > 0 || High < 0;
}

/// <summary>How sure a difference between two models on the same rows is: rows are drawn again with replacement, the same ones for both (Koehn, 2004). Knows no measure.</summary>
public static class PairedBootstrap
{
    private const int Draws = 1000;

    /// <summary>The difference tuned minus base, and its 95 % interval. The same seed gives the same interval.</summary>
    /// <param name="score">The figure of a set of rows.</param>
    public static Interval Of<T>(IReadOnlyList<T> @base, IReadOnlyList<T> tuned, Func<IReadOnlyList<T>, double> score, int seed = 1)
    {
        if (@base.Count != tuned.Count || @base.Count == 0) throw new ArgumentException($"{@base.Count} rows of the base cannot be paired with {tuned.Count} of the tuned model");
        Random random = new(seed);
        double[] differences = new double[Draws];
        T[] ofBase = new T[@base.Count], ofTuned = new T[@base.Count];
        for (int draw = 0; draw < Draws; draw++)
        {
            for (int i = 0; i < ofBase.Length; i++)
            {
                int row = random.Next(ofBase.Length);
                (ofBase[i], ofTuned[i]) = (@base[row], tuned[row]);
            }
            differences[draw] = score(ofTuned) - score(ofBase);
        }
        Array.Sort(differences);
        return new(score(tuned) - score(@base), Quantile(differences, 0.025), Quantile(differences, 0.975));
    }

    // Linear between the neighbours, as numpy's percentile.
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }
}
