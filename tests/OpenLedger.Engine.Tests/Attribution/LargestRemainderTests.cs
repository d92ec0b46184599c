using System.Numerics;
using CsCheck;
using OpenLedger.Engine.Attribution;

namespace OpenLedger.Engine.Tests.Attribution;

public class LargestRemainderTests
{
    private static readonly Gen<(BigInteger Total, (string Id, BigInteger Weight)[] Parties)> Splits =
        from total in Gen.ULong.Select(Gen.ULong, (high, low) => (new BigInteger(high) << 20) + low % 1_000_000)
        from small in Gen.Bool
        from weights in Gen.ULong.Select(Gen.Int[0, 62], (weight, shift) => weight >> shift).Array[1, 20]
        select (small ? total % 30 : total, weights.Select((weight, i) => ($"p{i:00}", new BigInteger(weight))).Append(("p99", BigInteger.One)).ToArray());

    [Fact]
    public void The_parts_sum_to_the_total_and_each_is_within_one_of_its_exact_part() =>
        Splits.Sample(
            split =>
            {
                IReadOnlyList<BigInteger> parts = LargestRemainder.Split(split.Total, split.Parties);
                BigInteger weights = split.Parties.Aggregate(BigInteger.Zero, (sum, party) => sum + party.Weight);
                bool near = parts.Zip(split.Parties).All(pair => BigInteger.Abs(pair.First * weights - split.Total * pair.Second.Weight) < weights);
                bool nothingForNothing = parts.Zip(split.Parties).All(pair => !pair.Second.Weight.IsZero || pair.First.IsZero);
                return near && nothingForNothing && parts.Aggregate(BigInteger.Zero, (sum, part) => sum + part) == split.Total;
            },
            iter: 10_000);

    [Fact]
    public void The_order_of_the_parties_changes_nothing() =>
        Splits.Sample(
            split =>
            {
                IReadOnlyList<BigInteger> forward = LargestRemainder.Split(split.Total, split.Parties);
                IReadOnlyList<BigInteger> backward = LargestRemainder.Split(split.Total, [.. split.Parties.Reverse()]);
                return forward.SequenceEqual(backward.Reverse());
            },
            iter: 10_000);

    [Fact]
    public void A_tie_goes_to_the_lower_id() =>
        Assert.Equal([BigInteger.Zero, BigInteger.One], LargestRemainder.Split(1, [("b", 5), ("a", 5)]));

    [Fact]
    public void Nothing_to_split_needs_nobody() => Assert.Empty(LargestRemainder.Split(0, []));

    [Fact]
    public void Something_to_split_and_nobody_behind_it_is_refused() =>
        Assert.Contains("treasury", Assert.Throws<ArgumentException>(() => LargestRemainder.Split(7, [("a", 0)])).Message);

    [Fact]
    public void A_party_named_twice_is_refused() => Assert.Throws<ArgumentException>(() => LargestRemainder.Split(7, [("a", 1), ("a", 2)]));

    [Fact]
    public void A_negative_weight_is_refused() => Assert.Throws<ArgumentException>(() => LargestRemainder.Split(7, [("a", 1), ("b", -2)]));
}
