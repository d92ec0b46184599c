using System.Text;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Tests.Tensors;

public sealed class GgufFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("openledger-gguf-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_starter_model_says_what_it_is()
    {
        using GgufFile file = GgufFile.Open(Fixture.Starter("models/SmolLM2-135M-Instruct/SmolLM2-135M-Instruct.Q4_1.gguf"));
        Assert.Equal("llama", file.Text("general.architecture"));
        Assert.Equal(30, file.Integer("llama.block_count"));
        Assert.Equal(100_000, file.Number("llama.rope.freq_base"));
        Assert.False(file.Flag("tokenizer.ggml.add_bos_token"));
        Assert.Equal(49152, Assert.IsType<string[]>(file.Metadata["tokenizer.ggml.tokens"]).Length);
        Assert.Equal([49152L, 576L], file.Find("token_embd.weight")!.Shape);
    }

    [Fact]
    public void A_part_of_a_tensor_equals_the_same_part_of_the_whole()
    {
        using GgufFile file = GgufFile.Open(Fixture.Path("gguf/llama-q2_k.gguf"));
        string name = file.Tensors.First(tensor => tensor.Type == GgufType.Q2_K).Name;
        float[] part = new float[512];
        file.Dequantize(name, 1024, part);
        Assert.Equal(file.Dequantize(name).AsSpan(1024, 512).ToArray(), part);
        Assert.Throws<GgufException>(() => file.Dequantize(name, 100, part));
    }

    [Theory]
    [InlineData("not GGUF", "letters GGUF")]
    [InlineData("version", "version 9 is unknown")]
    [InlineData("entries", "metadata entries")]
    [InlineData("text", "does not fit the file")]
    [InlineData("array", "an array of 1099511627776 entries does not fit the file")]
    [InlineData("type", "metadata type 99 is unknown")]
    [InlineData("cut", "it ends in the middle")]
    public void A_broken_header_is_refused_before_anything_is_allocated(string what, string fact)
    {
        string path = Path.Combine(_folder, "made.gguf");
        using (BinaryWriter writer = new(File.Create(path)))
        {
            writer.Write(what == "not GGUF" ? "FUGG"u8 : "GGUF"u8);
            writer.Write(what == "version" ? 9u : 3u);
            writer.Write(0UL);
            writer.Write(what == "entries" ? ulong.MaxValue : 1UL);
            writer.Write(what == "text" ? ulong.MaxValue / 2 : 3UL);
            writer.Write("key"u8);
            writer.Write(what switch { "type" => 99u, "array" => 9u, _ => 10u });
            if (what == "array") writer.Write(4u);
            if (what == "array") writer.Write(1UL << 40);
            writer.Write(new byte[what == "cut" ? 3 : 64]);
        }
        Assert.Contains(fact, Assert.Throws<GgufException>(() => GgufFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_in_its_tensors_is_refused()
    {
        byte[] whole = File.ReadAllBytes(Fixture.Path("gguf/llama-q2_k.gguf"));
        string path = Path.Combine(_folder, "cut.gguf");
        File.WriteAllBytes(path, whole[..^1000]);
        Assert.Contains("but the file has", Assert.Throws<GgufException>(() => GgufFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_tensor_type_is_named_with_those_that_are_read()
    {
        byte[] whole = File.ReadAllBytes(Fixture.Path("gguf/llama-q2_k.gguf"));
        // name, dimensions, sizes, type: the type of the first tensor follows its two sizes
        int at = whole.AsSpan().IndexOf(Encoding.UTF8.GetBytes("token_embd.weight")) + "token_embd.weight".Length + 4 + 16;
        whole[at] = 77;
        string path = Path.Combine(_folder, "type.gguf");
        File.WriteAllBytes(path, whole);
        string message = Assert.Throws<GgufException>(() => GgufFile.Open(path)).Message;
        Assert.Contains("the type 77, which is not supported; supported are F32, F16", message, StringComparison.Ordinal);
    }
}
