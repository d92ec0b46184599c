using System.Globalization;
using System.Numerics;
using System.Text.Json;
using OpenLedger.Engine.Attribution;
using OpenLedger.Engine.Retrieval;

namespace OpenLedger.Fixtures.Areas;

/// <summary>Scores by words and integer shares; the folder's other files are named as not covered.</summary>
internal sealed class AttributionArea : IFixtureArea
{
    public string Name => "attribution";

    public IEnumerable<FixtureCase> Run(string folder)
    {
        foreach (string path in Directory.GetFileSystemEntries(folder).Where(path => Path.GetExtension(path) != ".md").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            IEnumerable<FixtureCase> cases = name.EndsWith("bm25.json", StringComparison.Ordinal) ? Bm25Cases(name, path)
                : name.EndsWith("shares.json", StringComparison.Ordinal) ? ShareCases(name, path)
                : [FixtureCase.NotCovered(name, "influence, projections, spans and ablation are not built yet")];
            foreach (FixtureCase one in cases) yield return one;
        }
    }

    private static IEnumerable<FixtureCase> Bm25Cases(string name, string path)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
        Bm25 index = new(file.RootElement.GetProperty("k1").GetDouble(), file.RootElement.GetProperty("b").GetDouble());
        foreach (JsonElement document in file.RootElement.GetProperty("docs").EnumerateArray()) index.Add(Terms.Of(document.GetProperty("text").GetString()!, TextAnalysis.Plain));
        double[][] expected = file.RootElement.GetProperty("scores").Deserialize<double[][]>()!;
        foreach ((JsonElement query, int i) in file.RootElement.GetProperty("queries").EnumerateArray().Select((query, i) => (query, i)))
        {
            double[] ours = index.Score(Terms.Of(query.GetString()!, TextAnalysis.Plain));
            yield return FixtureCase.Within($"{name} {query.GetString()}", ours.Zip(expected[i]).Max(pair => Math.Abs(pair.First - pair.Second)), 1e-9);
        }
    }

    private static IEnumerable<FixtureCase> ShareCases(string name, string path)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement one in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            string title = $"{name} {one.GetProperty("name").GetString()}";
            yield return FixtureCase.Of(title, () => ShareCase(title, one));
        }
    }

    private static FixtureCase ShareCase(string title, JsonElement one)
    {
        ScoredRow[] rows = [.. one.GetProperty("rows").EnumerateArray().Select(row => new ScoredRow(
            row.GetProperty("id").GetString()!, null, RawScore.Parse(row.GetProperty("score").GetString()!), row.TryGetProperty("group", out JsonElement group) ? group.GetString() : null))];
        RowShares shares = RowShares.Of(Whole(one.GetProperty("total")), rows, DuplicateRule.Equal);
        string[] wrong = [.. one.GetProperty("shares").EnumerateObject().Where(share => shares.Amounts[share.Name] != Whole(share.Value)).Select(share => share.Name)];
        bool treasury = shares.Unearned == Whole(one.GetProperty("treasury"));
        return new FixtureCase(title, wrong.Length == 0 && treasury, wrong.Length > 0 ? $"rows {string.Join(", ", wrong)} differ" : treasury ? "every wei" : "the treasury differs");
    }

    private static BigInteger Whole(JsonElement digits) => BigInteger.Parse(digits.GetString()!, CultureInfo.InvariantCulture);
}
