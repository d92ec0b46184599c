using System.Text.Json;
using OpenLedger.Engine.Retrieval;

namespace OpenLedger.Engine.Tests.Retrieval;

/// <summary>Scores equal the reference's, made in float64 over 50 MedQuAD rows.</summary>
public class Bm25Tests
{
    [Fact]
    public void Every_score_of_the_reference_is_met()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Fixture.Path("attribution/d_bm25.json")));
        Bm25 index = new();
        foreach (JsonElement document in file.RootElement.GetProperty("docs").EnumerateArray())
        {
            IReadOnlyList<string> terms = Terms.Of(document.GetProperty("text").GetString()!, TextAnalysis.Plain);
            Assert.Equal(document.GetProperty("len").GetInt32(), terms.Count);
            index.Add(terms);
        }

        string[] queries = [.. file.RootElement.GetProperty("queries").EnumerateArray().Select(query => query.GetString()!)];
        double[][] expected = file.RootElement.GetProperty("scores").Deserialize<double[][]>()!;
        Assert.All(queries.Zip(expected), pair => Assert.All(index.Score(Terms.Of(pair.First, TextAnalysis.Plain)).Zip(pair.Second), score => Assert.Equal(score.Second, score.First, 1e-12)));
        Bm25Statistics statistics = new([index]);
        Assert.All(file.RootElement.GetProperty("idf_some").EnumerateObject(), idf => Assert.Equal(idf.Value.GetDouble(), statistics.Idf(idf.Name), 1e-12));
    }

    [Fact]
    public void Two_indexes_searched_as_one_collection_score_as_one_index_would()
    {
        string[] texts = ["a b c", "b c d d", "e f", "a a e", "c"];
        Bm25 all = new(), first = new(), second = new();
        for (int i = 0; i < texts.Length; i++)
        {
            all.Add(texts[i].Split(' '));
            (i < 2 ? first : second).Add(texts[i].Split(' '));
        }

        Bm25Statistics both = new([first, second]);
        double[] together = [.. first.Score(["a", "c", "e"], both), .. second.Score(["a", "c", "e"], both)];
        Assert.Equal(all.Score(["a", "c", "e"]), together);
    }

    [Fact]
    public void An_empty_index_scores_nothing() => Assert.Empty(new Bm25().Score(["a"]));
}
