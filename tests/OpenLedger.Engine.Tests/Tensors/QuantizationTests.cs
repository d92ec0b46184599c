using System.Runtime.InteropServices;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Tests.Tensors;

public class QuantizationTests
{
    [Theory]
    [InlineData("q8_0", GgufType.Q8_0)]
    [InlineData("q4_0", GgufType.Q4_0)]
    public void Every_byte_is_the_one_that_ggml_writes(string name, GgufType type)
    {
        using SafetensorsFile ggml = SafetensorsFile.Open(Fixture.Path("quantization/ggml.safetensors"));
        foreach (string tensor in ggml.Tensors.Keys.Where(key => key.StartsWith(name, StringComparison.Ordinal)))
            Assert.Equal(ggml.ReadBytes(tensor), Quantization.Run(type, ggml.ReadFloats("f16" + tensor[name.Length..])));
    }

    [Fact]
    public void Halves_round_away_from_zero_in_Q8_and_the_first_of_two_largest_counts_in_Q4()
    {
        float[] x = new float[32];
        (x[0], x[1], x[2]) = (127, 2.5f, -2.5f);
        sbyte[] codes = [.. MemoryMarshal.Cast<byte, sbyte>(Quantization.Run(GgufType.Q8_0, x).AsSpan(2))];
        Assert.Equal<sbyte>([127, 3, -3, 0], codes[..4]);

        (x[0], x[1], x[2]) = (-8, 8, 0.5f);   // scale +1: -8 is code 0, +8 is cut to 15
        byte[] nibbles = Quantization.Run(GgufType.Q4_0, x);
        Assert.Equal([0, 15, 9, 8], nibbles[2..6].Select(pair => pair & 15));
    }

    [Fact]
    public void A_block_of_zeros_stays_zeros()
    {
        Assert.All(Quantization.Run(GgufType.Q8_0, new float[32]), value => Assert.Equal(0, value));
        Assert.All(Quantization.Run(GgufType.Q4_0, new float[32])[2..], value => Assert.Equal(0x88, value));
    }

    [Fact]
    public void What_cannot_be_written_is_said()
    {
        Assert.Contains("Q4_K", Assert.Throws<GgufException>(() => Quantization.Run(GgufType.Q4_K, new float[256])).Message, StringComparison.Ordinal);
        Assert.Contains("33", Assert.Throws<GgufException>(() => Quantization.Run(GgufType.Q8_0, new float[33])).Message, StringComparison.Ordinal);
    }
}
