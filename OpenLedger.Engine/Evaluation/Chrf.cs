namespace OpenLedger.Engine.Evaluation;

/// <summary>What chrF counts: runs of one to six letters, spaces left out (Popovic, 2015). Equal to sacrebleu's chrF2. Useful where words are not parted by spaces.</summary>
public sealed record Chrf(IReadOnlyList<int> Shared, IReadOnlyList<int> Said, IReadOnlyList<int> Expected)
{
    private const int Longest = 6;
    private const double Recall = 2;   // beta: how much more recall counts than precision

    /// <summary>Counts one answer.</summary>
    public static Chrf Of(string answer, string expected)
    {
        string[] said = Letters(answer), wanted = Letters(expected);
        int[] sizes = [.. Enumerable.Range(1, Longest)];
        return new(
            [.. sizes.Select(size => NGrams.Shared(NGrams.Count(said, size), NGrams.Count(wanted, size)))],
            [.. sizes.Select(size => wanted.Length < size ? 0 : Math.Max(0, said.Length - size + 1))],   // no run is counted against a text too short to have one
            [.. sizes.Select(size => Math.Max(0, wanted.Length - size + 1))]);
    }

    /// <summary>Adds counts up.</summary>
    public static Chrf Sum(IEnumerable<Chrf> counts) => counts.Aggregate(new Chrf([0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]), (sum, one) => new(
        [.. sum.Shared.Zip(one.Shared, (a, b) => a + b)], [.. sum.Said.Zip(one.Said, (a, b) => a + b)], [.. sum.Expected.Zip(one.Expected, (a, b) => a + b)]));

    /// <summary>0 to 100.</summary>
    public double Score()
    {
        int[] orders = [.. Enumerable.Range(0, Longest).Where(n => Said[n] > 0 && Expected[n] > 0)];
        if (orders.Length == 0) return 0;
        double precision = orders.Average(n => (double)Shared[n] / Said[n]), recall = orders.Average(n => (double)Shared[n] / Expected[n]);
        double weight = Recall * Recall;
        return precision + recall == 0 ? 0 : 100 * (1 + weight) * precision * recall / (weight * precision + recall);
    }

    private static string[] Letters(string text) => [.. text.EnumerateRunes().Where(rune => !System.Text.Rune.IsWhiteSpace(rune)).Select(rune => rune.ToString())];
}
