using System.Numerics;
using System.Text;
using OpenLedger.Engine.Attribution;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Tests.Attribution;

public class AttributionRecordTests
{
    private static readonly SharePolicy Policy = new() { Treasury = "0xt" };

    [Fact]
    public void The_same_inputs_give_the_same_bytes_in_any_order()
    {
        AttributionRecord forward = Record(Rows(5));
        AttributionRecord backward = Record([.. Rows(5).Reverse()]);
        Assert.Equal(CanonicalJson.Serialize(forward), CanonicalJson.Serialize(backward));
        Assert.Equal(forward.Id, backward.Id);
    }

    [Fact]
    public void Scores_stay_signed_and_amounts_are_digits()
    {
        string json = CanonicalJson.Serialize(Record([new("p", "0xa", RawScore.Parse("-0.25")), new("q", "0xb", RawScore.Parse("0.5"))]));
        Assert.Contains("\"score\":\"-0.25\"", json, StringComparison.Ordinal);
        Assert.Contains("\"fee\":\"1000000000000000000007\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_read_back_has_the_same_id()
    {
        AttributionRecord record = Record(Rows(70));
        AttributionRecord read = CanonicalJson.Read<AttributionRecord>(CanonicalJson.Serialize(record));
        Assert.Equal(record.Id, read.Id);
        Assert.True(read.SharesSum);
    }

    [Fact]
    public void Rows_past_the_list_are_counted_in_the_residual()
    {
        AttributionRecord record = Record(Rows(100));
        Assert.Equal(AttributionRecord.ListedRows, record.Rows.Count);
        Assert.Equal(36, record.Residual.Rows);
        Assert.Equal(BigInteger.Pow(10, 21) / 2, record.Rows.Aggregate(record.Residual.Share, (sum, row) => sum + row.Share));
        Assert.True(record.Rows.Min(row => row.Share) * 36 >= record.Residual.Share);
    }

    [Fact]
    public void Another_policy_is_another_hash() =>
        Assert.NotEqual(CanonicalJson.HashOf(Policy), CanonicalJson.HashOf(Policy with { Duplicates = DuplicateRule.Equal }));

    private static ScoredRow[] Rows(int count) => [.. Enumerable.Range(1, count).Select(i => new ScoredRow($"row{i:000}", $"0x{i % 4}", RawScore.FromInteger(i)))];

    private static AttributionRecord Record(IReadOnlyList<ScoredRow> passages)
    {
        CallEvidence evidence = new([new("base", 1, null, [])], passages, []);
        FeeSplit split = new SplitFee(Policy).Of(new CallFee(0, BigInteger.Pow(10, 21), 7), evidence);
        return AttributionRecord.Of(
            Sha256Hash.Of("receipt"u8), split, evidence, Policy, [new(FeeReason.Passage, "passage-support", new Dictionary<string, string> { ["ngram"] = "3" })],
            new Dictionary<string, Sha256Hash> { ["index"] = Sha256Hash.Of(Encoding.UTF8.GetBytes("index")) }, time: 1_700_000_000_000);
    }
}
