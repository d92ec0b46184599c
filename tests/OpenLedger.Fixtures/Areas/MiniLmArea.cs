using System.Text.Json;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Fixtures.Areas;

/// <summary>Sentences, their vectors and their cosines, through the starter embedder: alone and in one batch.</summary>
internal sealed class MiniLmArea : IFixtureArea
{
    private const double Tolerance = 1e-5;

    public string Name => "minilm";

    public IEnumerable<FixtureCase> Run(string folder)
    {
        using EmbeddingModel model = EmbeddingModel.Load(FixtureFolders.StarterEmbedder());
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "texts.json")));
        using SafetensorsFile expected = SafetensorsFile.Open(Path.Combine(folder, "expected.safetensors"));
        string[] texts = [.. file.RootElement.EnumerateArray().Select(text => text.GetProperty("text").GetString()!)];
        float[] vectors = expected.ReadFloats("embeddings");
        float[][] batch = model.Embed(texts);
        for (int i = 0; i < texts.Length; i++)
        {
            string name = $"{i:00} {(texts[i].Length > 40 ? texts[i][..40] : texts[i])}";
            float[] theirs = vectors.AsSpan(i * model.Width, model.Width).ToArray(), batched = batch[i], alone = model.Embed([texts[i]])[0];
            yield return FixtureCase.Within(name, Math.Max(Furthest(batched, theirs), Furthest(alone, theirs)), Tolerance);
        }

        float[] cosines = [.. batch.SelectMany(a => batch.Select(b => a.Zip(b, (x, y) => x * y).Sum()))];
        yield return FixtureCase.Within("cosine table", Furthest(cosines, expected.ReadFloats("cosine")), Tolerance);
    }

    private static double Furthest(float[] ours, float[] theirs) => ours.Zip(theirs).Max(pair => Math.Abs((double)pair.First - pair.Second));
}
