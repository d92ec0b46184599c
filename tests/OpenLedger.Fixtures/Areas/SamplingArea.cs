using System.Text.Json;
using OpenLedger.Engine.Serving;

namespace OpenLedger.Fixtures.Areas;

/// <summary>Compares the sampler's probabilities with the reference's logits processors.</summary>
internal sealed class SamplingArea : IFixtureArea
{
    private const double Tolerance = 1e-6;

    public string Name => "sampling";

    public IEnumerable<FixtureCase> Run(string folder)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "processors.json")));
        int number = 0;
        foreach (JsonElement row in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            string name = $"{++number} {row.GetProperty("name").GetString()}";
            yield return FixtureCase.Of(name, () => FixtureCase.Within(name, Deviation(row), Tolerance));
        }
    }

    private static double Deviation(JsonElement row)
    {
        float[] logits = [.. row.GetProperty("logits").EnumerateArray().Select(value => value.GetSingle())];
        int[] previous = [.. row.GetProperty("previous_ids").EnumerateArray().Select(value => value.GetInt32())];
        double[] found = Sampler.Probabilities(logits, previous, Options(row.GetProperty("params")));
        return row.GetProperty("probabilities").EnumerateArray().Select((expected, i) => Math.Abs(expected.GetDouble() - found[i])).Max();
    }

    private static SamplingOptions Options(JsonElement given)
    {
        double Number(string name, double otherwise) => given.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : otherwise;
        return new SamplingOptions
        {
            Temperature = Number("temperature", 1),
            TopK = (int)Number("top_k", 0),
            TopP = Number("top_p", 1),
            MinP = Number("min_p", 0),
            RepetitionPenalty = Number("repetition_penalty", 1),
        };
    }
}
