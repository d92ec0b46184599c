using System.Text.Json;
using OpenLedger.Engine.Serving;

namespace OpenLedger.Engine.Tests.Serving;

/// <summary>Probabilities equal the reference's logits processors; draws follow them, and a seed repeats them.</summary>
public class SamplerTests
{
    [Fact]
    public void Probabilities_equal_the_reference()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Fixture.Path("sampling/processors.json")));
        foreach (JsonElement row in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            JsonElement given = row.GetProperty("params");
            double Number(string name, double otherwise) => given.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : otherwise;
            SamplingOptions options = new() { Temperature = Number("temperature", 1), TopK = (int)Number("top_k", 0), TopP = Number("top_p", 1), MinP = Number("min_p", 0), RepetitionPenalty = Number("repetition_penalty", 1) };
            float[] logits = [.. row.GetProperty("logits").EnumerateArray().Select(value => value.GetSingle())];
            double[] found = Sampler.Probabilities(logits, [.. row.GetProperty("previous_ids").EnumerateArray().Select(value => value.GetInt32())], options);
            double worst = row.GetProperty("probabilities").EnumerateArray().Select((expected, i) => Math.Abs(expected.GetDouble() - found[i])).Max();
            Assert.True(worst < 1e-6, $"{row.GetProperty("name")} {given}: off by {worst}");
        }
    }

    [Fact]
    public void Draws_follow_the_probabilities_and_a_seed_repeats_them()
    {
        SamplingOptions options = new() { Temperature = 1, TopP = 1 };
        int[] counts = new int[3];
        for (int seed = 0; seed < 6000; seed++) counts[Sampler.Choose([(float)Math.Log(0.6), (float)Math.Log(0.3), (float)Math.Log(0.1)], [], options, seed, 0)]++;
        Assert.InRange(counts[0], 3400, 3800);
        Assert.InRange(counts[2], 500, 700);
        Assert.Equal(Sampler.Choose([1, 2, 3], [], options, 5, 9), Sampler.Choose([1, 2, 3], [], options, 5, 9));
    }

    [Fact]
    public void Temperature_zero_takes_the_likeliest_after_the_penalty() =>
        Assert.Equal(1, Sampler.Choose([2, 1.9f, 0], [0], SamplingOptions.Greedy with { RepetitionPenalty = 1.5 }, 0, 0));
}
