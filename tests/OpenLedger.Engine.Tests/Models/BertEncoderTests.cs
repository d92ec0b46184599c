using System.Text.Json;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using TorchSharp;

namespace OpenLedger.Engine.Tests.Models;

/// <summary>The encoder equals transformers' vectors for ids given, padded or not, and leaves no tensor behind.</summary>
[Collection(TensorCounting.Name)]
public class BertEncoderTests
{
    private static readonly Lazy<(int[] Ids, float[] Vector)[]> Expected = new(ReadExpected);

    [Fact]
    public void One_text_at_a_time_equals_the_reference()
    {
        using BertEncoder encoder = BertEncoder.Load(Fixture.Starter("models/all-MiniLM-L6-v2"), torch.CPU);
        Assert.All(Expected.Value, one => Assert.InRange(Distance(encoder.Embed([one.Ids])[0], one.Vector), 0, 2e-6));
    }

    [Fact]
    public void A_padded_batch_equals_the_reference()
    {
        using BertEncoder encoder = BertEncoder.Load(Fixture.Starter("models/all-MiniLM-L6-v2"), torch.CPU);
        float[][] vectors = encoder.Embed([.. Expected.Value.Select(one => one.Ids)]);
        Assert.All(vectors.Zip(Expected.Value), pair => Assert.InRange(Distance(pair.First, pair.Second.Vector), 0, 2e-6));
    }

    [Fact]
    public void Embedding_leaves_no_tensor_behind_and_disposing_takes_the_weights()
    {
        long before = TensorCounting.Settled();
        using (BertEncoder encoder = BertEncoder.Load(Fixture.Starter("models/all-MiniLM-L6-v2"), torch.CPU))
        {
            long loaded = Live();
            encoder.Embed([.. Expected.Value.Take(3).Select(one => one.Ids)]);
            Assert.Equal(loaded, Live());
        }

        Assert.Equal(before, Live());
    }

    private static long Live() => TensorCounting.Now;

    private static double Distance(float[] a, float[] b) => a.Zip(b).Max(pair => Math.Abs((double)pair.First - pair.Second));

    private static (int[], float[])[] ReadExpected()
    {
        using JsonDocument texts = JsonDocument.Parse(File.ReadAllBytes(Fixture.Path("minilm/texts.json")));
        using SafetensorsFile file = SafetensorsFile.Open(Fixture.Path("minilm/expected.safetensors"));
        float[] flat = file.ReadFloats("embeddings");
        return [.. texts.RootElement.EnumerateArray().Select((text, i) => (text.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray(), flat.AsSpan(i * 384, 384).ToArray()))];
    }
}
