using System.Buffers.Binary;
using System.Text;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Tests.Tensors;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("openledger-tensors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_written_is_read_back()
    {
        string path = Path.Combine(_folder, "a.safetensors");
        SafetensorsWriter.Write(path, [SafetensorsEntry.Of("b", [1, 2, 3, 4, 5, 6], 2, 3), SafetensorsEntry.Of("a", [7])], new Dictionary<string, string> { ["format"] = "pt" });
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Equal([1, 2, 3, 4, 5, 6], file.ReadFloats("b"));
        Assert.Equal([2L, 3L], file.Require("b").Shape);
        Assert.Empty(file.Require("a").Shape);
        Assert.Equal("pt", file.Metadata["format"]);
    }

    [Fact]
    public void Equal_content_gives_equal_bytes_in_whatever_order_it_comes()
    {
        SafetensorsEntry a = SafetensorsEntry.Of("a", [1], 1), b = SafetensorsEntry.Of("b", [2], 1);
        SafetensorsWriter.Write(Path.Combine(_folder, "1"), [a, b]);
        SafetensorsWriter.Write(Path.Combine(_folder, "2"), [b, a]);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "1")), File.ReadAllBytes(Path.Combine(_folder, "2")));
    }

    [Fact]
    public void Half_types_are_widened_exactly()
    {
        byte[] halves = [.. Half16(1.5f), .. Half16(-0.25f)], brains = [0xC0, 0x3F, 0x80, 0xBE];   // bfloat16 1.5 and -0.25
        SafetensorsWriter.Write(Path.Combine(_folder, "h"), [new("f16", SafetensorsType.F16, [2], halves), new("bf16", SafetensorsType.BF16, [2], brains)]);
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(_folder, "h"));
        Assert.Equal([1.5f, -0.25f], file.ReadFloats("f16"));
        Assert.Equal([1.5f, -0.25f], file.ReadFloats("bf16"));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "4 bytes after its last tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "'a' ends at")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "4 bytes before tensor 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "needs 12")]
    [InlineData("""{"a":{"dtype":"F12","shape":[2],"data_offsets":[0,8]}}""", 8, "unknown dtype 'F12'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 8, "impossible shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "whole numbers from 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "ends before it")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "'a' stands twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", 8, "'more'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} {}""", 8, "not the JSON")]
    [InlineData("""[1]""", 0, "StartObject is needed")]
    public void A_header_that_breaks_the_format_is_refused_with_the_fact(string header, int data, string? fact)
    {
        string path = Path.Combine(_folder, "made.safetensors");
        byte[] json = Encoding.UTF8.GetBytes(header), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        File.WriteAllBytes(path, [.. length, .. json, .. new byte[data]]);
        if (fact is null) SafetensorsFile.Open(path).Dispose();
        else Assert.Contains(fact, Assert.Throws<SafetensorsException>(() => SafetensorsFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_larger_than_allowed_is_refused_before_it_is_read()
    {
        string path = Path.Combine(_folder, "large.safetensors");
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, 5000);
        File.WriteAllBytes(path, [.. length, .. new byte[6000]]);
        SafetensorsException refusal = Assert.Throws<SafetensorsException>(() => SafetensorsFile.Open(path, new SafetensorsLimits(HeaderBytes: 4096)));
        Assert.Contains("5000 bytes, more than the 4096 allowed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        string path = Path.Combine(_folder, "kept");
        AtomicFile.Write(path, stream => stream.Write("old"u8));
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("new"u8);
            throw new InvalidOperationException("the disk is full");
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    private static byte[] Half16(float value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)value);
        return bytes;
    }
}
