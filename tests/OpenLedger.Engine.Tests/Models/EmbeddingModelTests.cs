using System.Text.Json;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Tests.Retrieval;

namespace OpenLedger.Engine.Tests.Models;

/// <summary>Text in, vectors out, as sentence-transformers gives them.</summary>
public class EmbeddingModelTests
{
    [Fact]
    public void Texts_in_any_order_equal_the_reference_and_its_cosines()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Fixture.Path("minilm/texts.json")));
        using SafetensorsFile expected = SafetensorsFile.Open(Fixture.Path("minilm/expected.safetensors"));
        string[] texts = [.. file.RootElement.EnumerateArray().Select(text => text.GetProperty("text").GetString()!)];
        float[] vectors = expected.ReadFloats("embeddings"), cosines = expected.ReadFloats("cosine");

        float[][] made = Embedder.Model.Embed(texts);

        for (int i = 0; i < texts.Length; i++)
        {
            for (int n = 0; n < 384; n++) Assert.Equal(vectors[i * 384 + n], made[i][n], 2e-6f);
            for (int j = 0; j < texts.Length; j++) Assert.Equal(cosines[i * texts.Length + j], made[i].Zip(made[j], (a, b) => a * b).Sum(), 1e-5f);
        }
    }

    [Fact]
    public void A_text_longer_than_the_model_reads_is_cut_where_it_stops_reading()
    {
        string longText = string.Join(' ', Enumerable.Repeat("fever", 254)), longer = longText + " and something else entirely";
        float[][] vectors = Embedder.Model.Embed([longText, longer]);
        Assert.Equal(256, Embedder.Model.MaxTokens);
        Assert.All(vectors[0].Zip(vectors[1]), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void Nothing_in_nothing_out() => Assert.Empty(Embedder.Model.Embed([]));

    [Fact]
    public void A_cancelled_run_stops() =>
        Assert.Throws<OperationCanceledException>(() => Embedder.Model.Embed(["a"], new CancellationToken(canceled: true)));

    [Fact]
    public void A_folder_of_another_kind_of_model_is_refused_with_the_fact()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        File.WriteAllText(Path.Combine(folder.FullName, "config.json"), """{"model_type":"llama","hidden_act":"silu"}""");
        string message = Assert.Throws<ModelException>(() => EmbeddingModel.Load(folder.FullName)).Message;
        Assert.Contains("model_type is 'llama'", message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }
}
