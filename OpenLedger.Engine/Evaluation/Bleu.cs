namespace OpenLedger.Engine.Evaluation;

/// <summary>
/// What BLEU counts of one answer or of many added up: shared and possible runs of one to four tokens, and both lengths (Papineni et al., 2002).
/// Equal to sacrebleu's <c>tok:13a smooth:exp case:mixed</c>.
/// </summary>
public sealed record Bleu(IReadOnlyList<int> Shared, IReadOnlyList<int> Possible, int Length, int ExpectedLength)
{
    private const int Longest = 4;

    /// <summary>Counts one answer.</summary>
    public static Bleu Of(string answer, string expected)
    {
        string[] said = BleuTokens.Of(answer), wanted = BleuTokens.Of(expected);
        int[] sizes = [.. Enumerable.Range(1, Longest)];
        return new(
            [.. sizes.Select(size => NGrams.Shared(NGrams.Count(said, size), NGrams.Count(wanted, size)))],
            [.. sizes.Select(size => Math.Max(0, said.Length - size + 1))],
            said.Length, wanted.Length);
    }

    /// <summary>Adds counts up: BLEU of many answers is not the mean of theirs.</summary>
    public static Bleu Sum(IEnumerable<Bleu> counts) => counts.Aggregate(new Bleu([0, 0, 0, 0], [0, 0, 0, 0], 0, 0), (sum, one) => new(
        [.. sum.Shared.Zip(one.Shared, (a, b) => a + b)], [.. sum.Possible.Zip(one.Possible, (a, b) => a + b)],
        sum.Length + one.Length, sum.ExpectedLength + one.ExpectedLength));

    /// <summary>0 to 100.</summary>
    /// <param name="short">Whether runs longer than the answer are left out, as sacrebleu does for single sentences.</param>
    public double Score(bool @short = false)
    {
        if (Shared.All(count => count == 0)) return 0;
        double logs = 0, smoothing = 1;
        int order = Longest;
        for (int n = 0; n < Longest; n++)
        {
            if (Possible[n] == 0)
            {
                if (!@short) return 0;   // log of nothing
                break;
            }
            if (@short) order = n + 1;
            if (Shared[n] == 0) smoothing *= 2;   // Chen and Cherry, 2014: each further empty order counts half of the last
            logs += Math.Log(Shared[n] == 0 ? 100 / (smoothing * Possible[n]) : 100.0 * Shared[n] / Possible[n]);
        }
        return Brevity * Math.Exp(logs / order);
    }

    private double Brevity => Length >= ExpectedLength ? 1 : Length == 0 ? 0 : Math.Exp(1 - (double)ExpectedLength / Length);
}
