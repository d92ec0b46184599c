using System.Numerics;
using CsCheck;
using OpenLedger.Engine.Attribution;

namespace OpenLedger.Engine.Tests.Attribution;

public class SplitFeeTests
{
    private const string Treasury = "0xtreasury";

    private static readonly SharePolicy Default = new() { Treasury = Treasury };

    private static readonly Gen<ScoredRow[]> Rows =
        Gen.Select(Gen.Int[-50, 100], Gen.Int[0, 5], Gen.Int[0, 6], Gen.Long[0, 9])
            .Select((score, contributor, group, order) => new ScoredRow("", contributor == 0 ? null : $"0xc{contributor}", RawScore.FromInteger(score), group < 3 ? $"g{group}" : null, order))
            .Array[0, 12]
            .Select(rows => rows.Select((row, i) => row with { Id = $"r{i:00}" }).ToArray());

    private static readonly Gen<CallEvidence> Evidence =
        from models in Gen.Select(Gen.Int[0, 3], Gen.Bool, Rows).Array[0, 3]
        from passages in Rows
        from stakes in Gen.Int[0, 4].Array[0, 3]
        select new CallEvidence(
            [.. models.Select((model, i) => new ServedModel($"m{i}", model.Item1, model.Item2 ? $"0xd{i}" : null, model.Item3))],
            passages,
            [.. stakes.Select((stake, i) => ($"0xs{i}", new BigInteger(stake)))]);

    private static readonly Gen<SharePolicy> Policies =
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 10_000], Gen.Int[0, 10_000], Gen.Bool).Select((a, b, passages, equal) => new SharePolicy
        {
            Developer = Math.Min(a, b),
            Stakers = Math.Max(a, b) - Math.Min(a, b),
            Contributors = 10_000 - Math.Max(a, b),
            Passages = passages,
            Training = 10_000 - passages,
            Duplicates = equal ? DuplicateRule.Equal : DuplicateRule.Earliest,
            Treasury = Treasury,
        });

    private static readonly Gen<CallFee> Fees =
        Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong, Gen.Int[0, 63]).Select((a, b, c, shift) => new CallFee(a >> shift, b >> shift, c >> shift));

    [Fact]
    public void Every_fee_is_split_to_the_wei_among_those_behind_it() =>
        Gen.Select(Fees, Evidence, Policies).Sample(
            (fee, evidence, policy) =>
            {
                FeeSplit split = new SplitFee(policy).Of(fee, evidence);
                BigInteger perAddress = split.ByBeneficiary().Aggregate(BigInteger.Zero, (sum, payment) => sum + payment.Amount);
                HashSet<string> known = [Treasury, .. evidence.Models.Select(m => m.Developer!), .. evidence.Stakes.Select(s => s.Address), .. evidence.Passages.Concat(evidence.Models.SelectMany(m => m.TrainingRows)).Select(r => r.Contributor!)];
                return perAddress == fee.Total && split.Parts.All(part => part.Amount.Sign > 0 && known.Contains(part.Beneficiary));
            },
            iter: 10_000);

    [Fact]
    public void No_row_that_did_not_help_is_paid_unless_its_group_did() =>
        Gen.Select(Fees, Evidence, Policies).Sample(
            (fee, evidence, policy) =>
            {
                FeeSplit split = new SplitFee(policy).Of(fee, evidence);
                HashSet<string?> helpful = [.. evidence.Passages.Where(row => row.Score.Units.Sign > 0).Select(row => row.Group ?? row.Id)];
                return split.Parts.Where(part => part.Reason == FeeReason.Passage)
                    .All(part => evidence.Passages.Single(row => row.Id == part.Row) is { } row && helpful.Contains(row.Group ?? row.Id));
            },
            iter: 10_000);

    [Fact]
    public void The_published_example_of_the_default_policy()
    {
        CallEvidence evidence = new(
            [new("adapter", 1, "0xdev", [Row("t1", "0xa", 1), Row("t2", "0xb", 3)])],
            [Row("p1", "0xa", 2), Row("p2", "0xc", 1), Row("p3", "0xd", -4)],
            [("0xs", 7)]);

        FeeSplit split = new SplitFee(Default).Of(new CallFee(400, 600, 50), evidence);

        Assert.Equal(
            [("0xa", 250), ("0xb", 150), ("0xc", 100), ("0xdev", 400), ("0xs", 100), (Treasury, 50)],
            split.ByBeneficiary().Select(payment => (payment.Beneficiary, (int)payment.Amount)));
        Assert.Equal([("p1", 200), ("p2", 100), ("t1", 50), ("t2", 150)], split.ByRow().Select(row => (row.Row, (int)row.Amount)));
    }

    [Fact]
    public void Evidence_of_one_kind_alone_takes_the_contributors_part()
    {
        FeeSplit split = new SplitFee(Default).Of(new CallFee(0, 1000, 0), new([new("base", 1, null, [])], [Row("p1", "0xa", 1)], []));
        Assert.Equal([("0xa", 500), (Treasury, 500)], split.ByBeneficiary().Select(payment => (payment.Beneficiary, (int)payment.Amount)));
    }

    [Fact]
    public void With_nobody_behind_it_the_whole_fee_is_the_treasurys()
    {
        FeeSplit split = new SplitFee(Default).Of(new CallFee(300, 700, 11), new([], [], []));
        Assert.Equal([(Treasury, 1011)], split.ByBeneficiary().Select(payment => (payment.Beneficiary, (int)payment.Amount)));
        Assert.Equal(1000, split.For(FeeReason.Unclaimed));
    }

    [Fact]
    public void A_copy_gains_nothing_where_the_earliest_is_paid()
    {
        ScoredRow first = new("z-first", "0xauthor", RawScore.FromInteger(40), "g", Order: 1);
        ScoredRow copy = new("a-copy", "0xcopier", RawScore.FromInteger(60), "g", Order: 2);
        FeeSplit split = new SplitFee(Default).Of(new CallFee(0, 1000, 0), new([], [copy, first], []));
        Assert.Equal([(Treasury, 500), ("0xauthor", 500)], split.ByBeneficiary().OrderByDescending(p => p.Beneficiary, StringComparer.Ordinal).Select(payment => (payment.Beneficiary, (int)payment.Amount)));
    }

    [Fact]
    public void Composed_adapters_share_by_their_weights()
    {
        FeeSplit split = new SplitFee(Default).Of(
            new CallFee(0, 1000, 0),
            new([new("m1", 3, "0xd1", [Row("r", "0xa", 1)]), new("m2", 1, "0xd2", [Row("r", "0xb", 1)])], [], [("0xs", 1)]));
        Assert.Equal(
            [("0xa", 375), ("0xb", 125), ("0xd1", 300), ("0xd2", 100), ("0xs", 100)],
            split.ByBeneficiary().Select(payment => (payment.Beneficiary, (int)payment.Amount)));
    }

    [Fact]
    public void A_policy_that_does_not_sum_is_refused_with_its_reasons()
    {
        SharePolicy broken = Default with { Developer = 5000, Passages = -1 };
        string message = Assert.Throws<SharePolicyException>(() => new SplitFee(broken)).Message;
        Assert.Contains("they sum to 11,000", message);
        Assert.Contains("Passages has -1", message);
    }

    private static ScoredRow Row(string id, string contributor, int score) => new(id, contributor, RawScore.FromInteger(score));
}
