using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Tests.Tensors;

public sealed class GgufWriterTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("openledger-gguf-").FullName, "x.gguf");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Every_kind_of_value_and_every_tensor_comes_back_as_it_was()
    {
        KeyValuePair<string, object>[] metadata =
        [
            new("general.architecture", "test"), new("a", (byte)1), new("b", (sbyte)-2), new("c", (ushort)3), new("d", (short)-4), new("e", 5u), new("f", -6), new("g", 7ul), new("h", -8L),
            new("i", 1.5f), new("j", -2.25), new("k", true), new("l", "Ünïcödé"), new("m", new[] { "x", "" }), new("n", new[] { 1f, 2f }), new("o", new[] { -1, 2 }), new("p", Array.Empty<string>()),
        ];
        float[] whole = [.. Enumerable.Range(0, 6).Select(i => i / 3f)], half = [.. Enumerable.Range(0, 5).Select(i => i * 0.5f)];
        GgufWriter.Write(_path, metadata, [new("one", GgufType.F32, [2, 3], () => whole), new("two", GgufType.F16, [5], () => half)], TestContext.Current.CancellationToken);
        using GgufFile file = GgufFile.Open(_path);
        Assert.Equal(metadata.Select(entry => entry.Key).Order(StringComparer.Ordinal), file.Metadata.Keys.Order(StringComparer.Ordinal));
        foreach ((string key, object value) in metadata) Assert.Equal(value, file.Metadata[key]);
        Assert.Equal(whole, file.Dequantize("one"));
        Assert.Equal(half, file.Dequantize("two"));
        Assert.Equal([2L, 3L], file.Find("one")!.Shape);
    }

    [Fact]
    public void A_tensor_that_gives_other_numbers_than_its_shape_says_leaves_no_file()
    {
        Assert.Throws<GgufException>(() => GgufWriter.Write(_path, [], [new("one", GgufType.F32, [2, 3], () => new float[5])], TestContext.Current.CancellationToken));
        Assert.False(File.Exists(_path));
    }
}
