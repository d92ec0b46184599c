using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace OpenLedger.Engine.Tensors;

/// <summary>Turns the blocks of any <see cref="GgufType"/> into float32 (ggml-quants.c, <c>dequantize_row_*</c>). Knows no file.</summary>
internal static class Dequantization
{
    private delegate void Block(ReadOnlySpan<byte> block, Span<float> into);

    public static void Run(GgufType type, ReadOnlySpan<byte> bytes, Span<float> into)
    {
        switch (type)
        {
            case GgufType.F32: MemoryMarshal.Cast<byte, float>(bytes).CopyTo(into); break;
            case GgufType.F16: TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), into); break;
            case GgufType.BF16: NumberBytes.FromBFloat16(MemoryMarshal.Cast<byte, ushort>(bytes), into); break;
            case GgufType.Q4_0: Blocks(bytes, into, type, SmallBlocks.Q4_0); break;
            case GgufType.Q4_1: SmallBlocks.RunQ4_1(bytes, into); break;
            case GgufType.Q5_0: Blocks(bytes, into, type, SmallBlocks.Q5_0); break;
            case GgufType.Q5_1: Blocks(bytes, into, type, SmallBlocks.Q5_1); break;
            case GgufType.Q8_0: SmallBlocks.RunQ8_0(bytes, into); break;
            case GgufType.IQ4_NL: Blocks(bytes, into, type, SmallBlocks.IQ4_NL); break;
            case GgufType.IQ4_XS: Blocks(bytes, into, type, SuperBlocks.IQ4_XS); break;
            case GgufType.Q2_K: Blocks(bytes, into, type, SuperBlocks.Q2_K); break;
            case GgufType.Q3_K: Blocks(bytes, into, type, SuperBlocks.Q3_K); break;
            case GgufType.Q4_K: Blocks(bytes, into, type, SuperBlocks.Q4_K); break;
            case GgufType.Q5_K: Blocks(bytes, into, type, SuperBlocks.Q5_K); break;
            case GgufType.Q6_K: Blocks(bytes, into, type, SuperBlocks.Q6_K); break;
            default: throw new GgufException($"the type {type} is not supported");
        }
    }

    private static void Blocks(ReadOnlySpan<byte> bytes, Span<float> into, GgufType type, Block block)
    {
        int size = type.BlockSize(), width = type.BlockBytes();
        for (int i = 0; i < into.Length / size; i++) block(bytes.Slice(i * width, width), into.Slice(i * size, size));
    }
}
