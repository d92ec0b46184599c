using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using TorchSharp;

namespace OpenLedger.Engine.Models;

/// <summary>A weight as 4-bit codes over blocks of 64 numbers, with doubly quantised scales: about 0.52 bytes a number, as bitsandbytes holds it.</summary>
internal sealed class Nf4Weight(long output, long input, torch.Device device) : QuantisedWeight(output, input, device)
{
    /// <summary>Numbers that share a scale.</summary>
    public const int Block = 64;

    // Both numbers of each byte side by side: one look-up writes two.
    private static readonly ulong[] Pairs = [.. Enumerable.Range(0, 256).Select(code => Bits(Nf4Codes.Values[code >> 4]) | (Bits(Nf4Codes.Values[code & 15]) << 32))];

    private byte[] _codes = [];
    private NestedScales _scales = NestedScales.Of([]);

    public override void Fill(ReadOnlySpan<float> numbers)
    {
        float[] scales = new float[(numbers.Length + Block - 1) / Block];
        byte[] codes = new byte[(numbers.Length + 1) / 2];
        for (int block = 0; block < scales.Length; block++)
        {
            int start = block * Block;
            ReadOnlySpan<float> part = numbers.Slice(start, Math.Min(Block, numbers.Length - start));
            scales[block] = Math.Abs(TensorPrimitives.MaxMagnitude(part));
            Code(part, scales[block] == 0 ? 0 : 1 / scales[block], codes.AsSpan(start / 2));
        }
        (_codes, _scales) = (codes, NestedScales.Of(scales));
    }

    public override long Bytes => _codes.LongLength + _scales.Bytes;

    public override void Dispose() => _codes = [];

    /// <summary>The codes, two a byte, the first in the high bits.</summary>
    internal ReadOnlySpan<byte> Codes => _codes;

    /// <summary>The scales' own codes, one a block.</summary>
    internal ReadOnlySpan<byte> ScaleCodes => _scales.Codes;

    protected override void WriteOut(Span<float> into)
    {
        float[] scales = _scales.WriteOut();
        Span<ulong> pairs = MemoryMarshal.Cast<float, ulong>(into);
        for (int i = 0; i < pairs.Length; i++) pairs[i] = Pairs[_codes[i]];
        if (into.Length % 2 == 1) into[^1] = Nf4Codes.Values[_codes[^1] >> 4];
        for (int block = 0; block < scales.Length; block++)
        {
            Span<float> part = into.Slice(block * Block, Math.Min(Block, into.Length - block * Block));
            TensorPrimitives.Multiply(part, scales[block], part);
        }
    }

    private static void Code(ReadOnlySpan<float> numbers, float inverse, Span<byte> codes)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            int code = Nf4Codes.Nearest(numbers[i] * inverse);
            if (i % 2 == 0) codes[i / 2] = (byte)((code << 4) | (numbers.Length == i + 1 ? Nf4Codes.Nearest(0) : 0));
            else codes[i / 2] |= (byte)code;
        }
    }

    private static ulong Bits(float value) => BitConverter.SingleToUInt32Bits(value);
}
