using System.Buffers.Binary;

namespace OpenLedger.Engine.Tensors;

/// <summary>The 256-number blocks of GGUF ("k-quants" and IQ4_XS), one method a type.</summary>
internal static class SuperBlocks
{
    // 16 bytes of (scale, minimum) nibbles, 64 bytes of 2-bit numbers, two halves
    public static void Q2_K(ReadOnlySpan<byte> block, Span<float> into)
    {
        ReadOnlySpan<byte> scales = block[..16];
        float scale = SmallBlocks.HalfAt(block, 80), minimum = SmallBlocks.HalfAt(block, 82);
        for (int sub = 0; sub < 16; sub++)   // sub-blocks of 16
        {
            ReadOnlySpan<byte> packed = block.Slice(16 + sub / 8 * 32 + sub % 2 * 16, 16);
            int shift = sub % 8 / 2 * 2;
            float step = scale * (scales[sub] & 15), base_ = minimum * (scales[sub] >> 4);
            for (int l = 0; l < 16; l++) into[sub * 16 + l] = step * ((packed[l] >> shift) & 3) - base_;
        }
    }

    // 32 bytes of third bits, 64 bytes of 2-bit numbers, 12 bytes of 6-bit scales, one half
    public static void Q3_K(ReadOnlySpan<byte> block, Span<float> into)
    {
        ReadOnlySpan<byte> scales = block.Slice(96, 12);
        float scale = SmallBlocks.HalfAt(block, 108);
        for (int sub = 0; sub < 16; sub++)
        {
            ReadOnlySpan<byte> packed = block.Slice(32 + sub / 8 * 32 + sub % 2 * 16, 16), third = block.Slice(sub % 2 * 16, 16);
            int low = sub < 8 ? scales[sub] & 15 : scales[sub - 8] >> 4;
            int high = (scales[8 + sub % 4] >> (sub / 4 * 2)) & 3;
            float step = scale * ((low | (high << 4)) - 32);
            int shift = sub % 8 / 2 * 2, bit = sub / 2;
            for (int l = 0; l < 16; l++) into[sub * 16 + l] = step * (((packed[l] >> shift) & 3) - (((third[l] >> bit) & 1) == 0 ? 4 : 0));
        }
    }

    // two halves, 12 bytes of 6-bit (scale, minimum), 128 bytes of nibbles
    public static void Q4_K(ReadOnlySpan<byte> block, Span<float> into)
    {
        float scale = SmallBlocks.HalfAt(block, 0), minimum = SmallBlocks.HalfAt(block, 2);
        for (int sub = 0; sub < 8; sub++)   // sub-blocks of 32
        {
            (int s, int m) = ScaleAndMinimum(block.Slice(4, 12), sub);
            float step = scale * s, base_ = minimum * m;
            ReadOnlySpan<byte> packed = block.Slice(16 + sub / 2 * 32, 32);
            for (int l = 0; l < 32; l++) into[sub * 32 + l] = step * (sub % 2 == 0 ? packed[l] & 15 : packed[l] >> 4) - base_;
        }
    }

    // as Q4_K, with 32 bytes of fifth bits before the nibbles
    public static void Q5_K(ReadOnlySpan<byte> block, Span<float> into)
    {
        float scale = SmallBlocks.HalfAt(block, 0), minimum = SmallBlocks.HalfAt(block, 2);
        ReadOnlySpan<byte> fifth = block.Slice(16, 32);
        for (int sub = 0; sub < 8; sub++)
        {
            (int s, int m) = ScaleAndMinimum(block.Slice(4, 12), sub);
            float step = scale * s, base_ = minimum * m;
            ReadOnlySpan<byte> packed = block.Slice(48 + sub / 2 * 32, 32);
            for (int l = 0; l < 32; l++)
            {
                int low = sub % 2 == 0 ? packed[l] & 15 : packed[l] >> 4;
                into[sub * 32 + l] = step * (low + (((fifth[l] >> sub) & 1) << 4)) - base_;
            }
        }
    }

    // 128 bytes of low nibbles, 64 bytes of high pairs, 16 signed scales, one half
    public static void Q6_K(ReadOnlySpan<byte> block, Span<float> into)
    {
        float scale = SmallBlocks.HalfAt(block, 208);
        for (int sub = 0; sub < 8; sub++)   // sub-blocks of 32, four to each half of 128
        {
            int quarter = sub % 4;
            ReadOnlySpan<byte> low = block.Slice(sub / 4 * 64 + quarter % 2 * 32, 32), high = block.Slice(128 + sub / 4 * 32, 32);
            for (int l = 0; l < 32; l++)
            {
                int nibble = quarter < 2 ? low[l] & 15 : low[l] >> 4;
                int number = (nibble | (((high[l] >> (quarter * 2)) & 3) << 4)) - 32;
                into[sub * 32 + l] = scale * (sbyte)block[192 + sub * 2 + l / 16] * number;
            }
        }
    }

    // one half, high bits of scales, 4 bytes of low bits of scales, 128 bytes of nibbles that name levels
    public static void IQ4_XS(ReadOnlySpan<byte> block, Span<float> into)
    {
        float scale = SmallBlocks.HalfAt(block, 0);
        int high = BinaryPrimitives.ReadUInt16LittleEndian(block[2..]);
        for (int sub = 0; sub < 8; sub++)
        {
            int low = (block[4 + sub / 2] >> (sub % 2 * 4)) & 15;
            float step = scale * ((low | (((high >> (sub * 2)) & 3) << 4)) - 32);
            SmallBlocks.Levels(block.Slice(8 + sub * 16, 16), step, into.Slice(sub * 32, 32));
        }
    }

    // ggml-quants.c, get_scale_min_k4: six bits each, the upper two of the last four kept in the first eight bytes
    private static (int Scale, int Minimum) ScaleAndMinimum(ReadOnlySpan<byte> packed, int sub) => sub < 4
        ? (packed[sub] & 63, packed[sub + 4] & 63)
        : ((packed[sub + 4] & 15) | (packed[sub - 4] >> 6 << 4), (packed[sub + 4] >> 4) | (packed[sub] >> 6 << 4));
}
