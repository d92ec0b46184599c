using System.Numerics;

namespace OpenLedger.Engine.Attribution;

/// <summary>What each scored row gets of an amount, and what nobody earned. Knows nothing of where the amount came from.</summary>
/// <param name="Amounts">By row id; every scored row is named, most with something, those that clipped to zero with nothing.</param>
/// <param name="Unearned">The whole amount where no score is positive, else zero: the treasury's.</param>
public sealed record RowShares(IReadOnlyDictionary<string, BigInteger> Amounts, BigInteger Unearned)
{
    /// <summary>
    /// Scores clip at zero; a group of duplicates counts once, with its best score, under its smallest id; groups share by largest remainder, and the
    /// rule says which members of a group are paid.
    /// </summary>
    public static RowShares Of(BigInteger total, IReadOnlyList<ScoredRow> rows, DuplicateRule duplicates)
    {
        Dictionary<string, BigInteger> amounts = rows.ToDictionary(row => row.Id, _ => BigInteger.Zero, StringComparer.Ordinal);
        ScoredRow[][] groups = [.. Grouped(rows)];
        (string Id, BigInteger Weight)[] weights = [.. groups.Select(group => (group[0].Id, group.Max(row => row.Score.Clipped)))];
        if (weights.All(weight => weight.Weight.IsZero)) return new(amounts, total);

        IReadOnlyList<BigInteger> parts = LargestRemainder.Split(total, weights);
        for (int i = 0; i < groups.Length; i++)
        {
            ScoredRow[] paid = Paid(groups[i], duplicates);
            IReadOnlyList<BigInteger> members = LargestRemainder.Split(parts[i], [.. paid.Select(row => (row.Id, BigInteger.One))]);
            for (int m = 0; m < paid.Length; m++) amounts[paid[m].Id] = members[m];
        }

        return new(amounts, BigInteger.Zero);
    }

    private static IEnumerable<ScoredRow[]> Grouped(IReadOnlyList<ScoredRow> rows) =>
        rows.GroupBy(row => row.Group is null ? (false, row.Id) : (true, row.Group)).Select(group => group.OrderBy(row => row.Id, StringComparer.Ordinal).ToArray());

    private static ScoredRow[] Paid(ScoredRow[] group, DuplicateRule duplicates) => duplicates switch
    {
        DuplicateRule.Earliest => [group.MinBy(row => row.Order)!],
        DuplicateRule.Equal => group,
    };
}
