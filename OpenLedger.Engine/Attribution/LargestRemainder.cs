using System.Numerics;

namespace OpenLedger.Engine.Attribution;

/// <summary>Splits a whole number by integer weights so that the parts sum to it exactly (Hamilton's method). Knows nothing of who is paid.</summary>
public static class LargestRemainder
{
    /// <summary>
    /// Each party gets floor(total * weight / sum of weights); the units left over go one each to the largest remainders, ties by ascending id (ordinal).
    /// A party of weight zero gets nothing. The amounts come back in the order of the parties.
    /// </summary>
    /// <exception cref="ArgumentException">A negative total or weight, an id named twice (the tie rule needs them apart), or something to split and nobody with a weight.</exception>
    public static IReadOnlyList<BigInteger> Split(BigInteger total, IReadOnlyList<(string Id, BigInteger Weight)> parties)
    {
        BigInteger weights = RequireSplittable(total, parties);
        BigInteger[] amounts = new BigInteger[parties.Count];
        if (total.IsZero) return amounts;

        BigInteger[] remainders = new BigInteger[parties.Count];
        BigInteger left = total;
        for (int i = 0; i < parties.Count; i++)
        {
            amounts[i] = BigInteger.DivRem(total * parties[i].Weight, weights, out remainders[i]);
            left -= amounts[i];
        }

        // The remainders sum to left * weights and each is below weights: more than `left` of them are positive, so a weight of zero is never reached.
        IEnumerable<int> first = Enumerable.Range(0, parties.Count).OrderByDescending(i => remainders[i]).ThenBy(i => parties[i].Id, StringComparer.Ordinal).Take((int)left);
        foreach (int i in first) amounts[i] += 1;
        return amounts;
    }

    private static BigInteger RequireSplittable(BigInteger total, IReadOnlyList<(string Id, BigInteger Weight)> parties)
    {
        if (total.Sign < 0) throw new ArgumentException($"a split needs a total of zero or more, this is {total}", nameof(total));
        BigInteger weights = BigInteger.Zero;
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach ((string id, BigInteger weight) in parties)
        {
            if (weight.Sign < 0) throw new ArgumentException($"'{id}' has the negative weight {weight}: clip scores before splitting", nameof(parties));
            if (!seen.Add(id)) throw new ArgumentException($"'{id}' is named twice in one split", nameof(parties));
            weights += weight;
        }

        if (weights.IsZero && !total.IsZero) throw new ArgumentException($"nobody stands behind {total}: the policy's treasury takes it, not a split", nameof(parties));
        return weights;
    }
}
