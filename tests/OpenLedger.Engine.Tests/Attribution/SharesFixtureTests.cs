using System.Numerics;
using System.Text.Json;
using OpenLedger.Engine.Attribution;

namespace OpenLedger.Engine.Tests.Attribution;

/// <summary>Shares equal the reference's exact rationals in all 31 cases (policy: duplicates share equally, as the reference has it).</summary>
public class SharesFixtureTests
{
    public static TheoryData<string> Names() => [.. Cases().Select(one => one.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Shares_equal_the_reference(string name)
    {
        JsonElement one = Cases().Single(candidate => candidate.GetProperty("name").GetString() == name);
        ScoredRow[] rows = [.. one.GetProperty("rows").EnumerateArray().Select(RowOf)];

        RowShares shares = RowShares.Of(Whole(one.GetProperty("total")), rows, DuplicateRule.Equal);

        Assert.Equal(one.GetProperty("shares").EnumerateObject().ToDictionary(share => share.Name, share => Whole(share.Value)), shares.Amounts.ToDictionary());
        Assert.Equal(Whole(one.GetProperty("treasury")), shares.Unearned);
    }

    private static ScoredRow RowOf(JsonElement row) => new(
        row.GetProperty("id").GetString()!, "anybody", RawScore.Parse(row.GetProperty("score").GetString()!), row.TryGetProperty("group", out JsonElement group) ? group.GetString() : null);

    private static BigInteger Whole(JsonElement digits) => BigInteger.Parse(digits.GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<JsonElement> Cases()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Fixture.Path("attribution/d_shares.json")));
        return [.. file.RootElement.GetProperty("cases").EnumerateArray().Select(one => one.Clone())];
    }
}
