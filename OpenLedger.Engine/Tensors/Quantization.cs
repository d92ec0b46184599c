using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace OpenLedger.Engine.Tensors;

/// <summary>
/// Turns float32 into the blocks of a <see cref="GgufType"/>, with ggml's reference rounding (ggml-quants.c, <c>quantize_row_*_ref</c>), bit for bit.
/// Knows no file.
/// </summary>
public static class Quantization
{
    private const int Block = 32;

    /// <summary>Whether the type can be written.</summary>
    public static bool CanWrite(GgufType type) => type is GgufType.F32 or GgufType.F16 or GgufType.Q8_0 or GgufType.Q4_0;

    /// <summary>The bytes of whole blocks.</summary>
    /// <exception cref="GgufException">The type cannot be written, or the numbers are no whole blocks.</exception>
    public static byte[] Run(GgufType type, ReadOnlySpan<float> values)
    {
        if (!CanWrite(type)) throw new GgufException($"the type {type} cannot be written; F32, F16, Q8_0 and Q4_0 can");
        if (values.Length % type.BlockSize() != 0) throw new GgufException($"{values.Length} numbers are no whole blocks of {type.BlockSize()}");
        byte[] bytes = new byte[values.Length / type.BlockSize() * type.BlockBytes()];
        if (type == GgufType.F32) MemoryMarshal.AsBytes(values).CopyTo(bytes);
        else if (type == GgufType.F16) TensorPrimitives.ConvertToHalf(values, MemoryMarshal.Cast<byte, Half>(bytes.AsSpan()));
        else
        {
            for (int i = 0; i < values.Length / Block; i++)
            {
                Span<byte> into = bytes.AsSpan(i * type.BlockBytes(), type.BlockBytes());
                if (type == GgufType.Q8_0) Q8_0(values.Slice(i * Block, Block), into);
                else Q4_0(values.Slice(i * Block, Block), into);
            }
        }
        return bytes;
    }

    // scale = largest magnitude / 127, as a half; the codes are of the unrounded scale; halves away from zero (roundf)
    private static void Q8_0(ReadOnlySpan<float> x, Span<byte> into)
    {
        float scale = TensorPrimitives.MaxMagnitude(x);
        scale = MathF.Abs(scale) / 127f;
        float inverse = scale == 0 ? 0 : 1f / scale;
        BinaryPrimitives.WriteHalfLittleEndian(into, (Half)scale);
        for (int j = 0; j < Block; j++) into[2 + j] = (byte)(sbyte)MathF.Round(x[j] * inverse, MidpointRounding.AwayFromZero);
    }

    // scale = the number of the largest magnitude / -8, so that this number is exact; first half of the block in the low nibbles
    private static void Q4_0(ReadOnlySpan<float> x, Span<byte> into)
    {
        float largest = 0;
        foreach (float value in x)
        {
            if (MathF.Abs(largest) < MathF.Abs(value)) largest = value;   // the first of equals, as ggml
        }
        float scale = largest / -8f, inverse = scale == 0 ? 0 : 1f / scale;
        BinaryPrimitives.WriteHalfLittleEndian(into, (Half)scale);
        for (int j = 0; j < Block / 2; j++) into[2 + j] = (byte)(Nibble(x[j] * inverse) | (Nibble(x[j + Block / 2] * inverse) << 4));
    }

    private static int Nibble(float scaled) => Math.Min(15, (int)(sbyte)(scaled + 8.5f));
}
