using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OpenLedger.Engine.Tensors;

/// <summary>The 32-number blocks of GGUF, one method a type; low nibbles are the first half of a block, high nibbles the second.</summary>
internal static class SmallBlocks
{
    /// <summary>The sixteen levels of IQ4 (ggml-common.h, <c>kvalues_iq4nl</c>).</summary>
    public static ReadOnlySpan<sbyte> Iq4Levels => [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];

    public static float HalfAt(ReadOnlySpan<byte> bytes, int offset) => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[offset..]);

    // scale, 16 bytes of nibbles
    public static void Q4_0(ReadOnlySpan<byte> block, Span<float> into)
    {
        float scale = HalfAt(block, 0);
        for (int j = 0; j < 16; j++)
        {
            into[j] = ((block[2 + j] & 15) - 8) * scale;
            into[j + 16] = ((block[2 + j] >> 4) - 8) * scale;
        }
    }

    /// <summary>Q4_1 (scale, minimum, 16 bytes of nibbles), eight lanes at a time: the starter model's type, so its load time is this loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunQ4_1(ReadOnlySpan<byte> bytes, Span<float> into)
    {
        for (int i = 0; i < into.Length / 32; i++)
        {
            ReadOnlySpan<byte> block = bytes.Slice(i * 20, 20);
            Vector256<float> scale = Vector256.Create(HalfAt(block, 0)), minimum = Vector256.Create(HalfAt(block, 2));
            Vector128<byte> packed = Vector128.Create(block[4..]);
            ref float start = ref MemoryMarshal.GetReference(into.Slice(i * 32, 32));
            StoreSixteen(packed & Vector128.Create((byte)15), scale, minimum, ref start, 0);
            StoreSixteen(packed >>> 4, scale, minimum, ref start, 16);
        }
    }

    /// <summary>Q8_0 (scale, 32 signed bytes): the starter's embedding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunQ8_0(ReadOnlySpan<byte> bytes, Span<float> into)
    {
        for (int i = 0; i < into.Length / 32; i++)
        {
            ReadOnlySpan<byte> block = bytes.Slice(i * 34, 34);
            Vector256<float> scale = Vector256.Create(HalfAt(block, 0));
            Vector256<sbyte> packed = Vector256.Create(MemoryMarshal.Cast<byte, sbyte>(block[2..]));
            (Vector256<short> low, Vector256<short> high) = Vector256.Widen(packed);
            ref float start = ref MemoryMarshal.GetReference(into.Slice(i * 32, 32));
            StoreScaled(low, scale, ref start, 0);
            StoreScaled(high, scale, ref start, 16);
        }
    }

    // scale, fifth bits, 16 bytes of nibbles
    public static void Q5_0(ReadOnlySpan<byte> block, Span<float> into)
    {
        float scale = HalfAt(block, 0);
        uint fifth = BinaryPrimitives.ReadUInt32LittleEndian(block[2..]);
        for (int j = 0; j < 16; j++)
        {
            into[j] = ((int)((block[6 + j] & 15u) | ((fifth >> j << 4) & 16)) - 16) * scale;
            into[j + 16] = ((int)((uint)(block[6 + j] >> 4) | ((fifth >> (j + 12)) & 16)) - 16) * scale;
        }
    }

    // scale, minimum, fifth bits, 16 bytes of nibbles
    public static void Q5_1(ReadOnlySpan<byte> block, Span<float> into)
    {
        float scale = HalfAt(block, 0), minimum = HalfAt(block, 2);
        uint fifth = BinaryPrimitives.ReadUInt32LittleEndian(block[4..]);
        for (int j = 0; j < 16; j++)
        {
            into[j] = ((block[8 + j] & 15u) | ((fifth >> j << 4) & 16)) * scale + minimum;
            into[j + 16] = ((uint)(block[8 + j] >> 4) | ((fifth >> (j + 12)) & 16)) * scale + minimum;
        }
    }

    // scale, 16 bytes of nibbles that name levels
    public static void IQ4_NL(ReadOnlySpan<byte> block, Span<float> into) => Levels(block[2..], HalfAt(block, 0), into);

    public static void Levels(ReadOnlySpan<byte> nibbles, float scale, Span<float> into)
    {
        for (int j = 0; j < 16; j++)
        {
            into[j] = scale * Iq4Levels[nibbles[j] & 15];
            into[j + 16] = scale * Iq4Levels[nibbles[j] >> 4];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSixteen(Vector128<byte> numbers, Vector256<float> scale, Vector256<float> minimum, ref float start, nuint offset)
    {
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(numbers);
        // scale * q rounds before the minimum is added, as ggml's scalar code does: no fused multiply-add
        (Vector256.ConvertToSingle(Widened(low)) * scale + minimum).StoreUnsafe(ref start, offset);
        (Vector256.ConvertToSingle(Widened(high)) * scale + minimum).StoreUnsafe(ref start, offset + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widened(Vector128<ushort> numbers)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(numbers);
        return Vector256.Create(low, high).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreScaled(Vector256<short> numbers, Vector256<float> scale, ref float start, nuint offset)
    {
        (Vector256<int> low, Vector256<int> high) = Vector256.Widen(numbers);
        (Vector256.ConvertToSingle(low) * scale).StoreUnsafe(ref start, offset);
        (Vector256.ConvertToSingle(high) * scale).StoreUnsafe(ref start, offset + 8);
    }
}
