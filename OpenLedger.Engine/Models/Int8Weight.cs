using System.Numerics.Tensors;
using TorchSharp;

namespace OpenLedger.Engine.Models;

/// <summary>A weight as whole numbers of 8 bits with one scale an output row: one byte a number, as LLM.int8 holds it.</summary>
internal sealed class Int8Weight(long output, long input, torch.Device device) : QuantisedWeight(output, input, device)
{
    private sbyte[] _codes = [];
    private float[] _scales = [];   // by output: the row's largest magnitude

    public override void Fill(ReadOnlySpan<float> numbers)
    {
        (_codes, _scales) = (new sbyte[numbers.Length], new float[Output]);
        for (int row = 0; row < Output; row++)
        {
            ReadOnlySpan<float> part = numbers.Slice(row * Input, Input);
            float scale = _scales[row] = Math.Abs(TensorPrimitives.MaxMagnitude(part));
            float inverse = scale == 0 ? 0 : 127 / scale;
            for (int i = 0; i < Input; i++) _codes[row * Input + i] = (sbyte)MathF.Round(part[i] * inverse, MidpointRounding.ToEven);
        }
    }

    public override long Bytes => _codes.LongLength + sizeof(float) * _scales.LongLength;

    public override void Dispose() => _codes = [];

    /// <summary>The codes, row after row.</summary>
    internal ReadOnlySpan<sbyte> Codes => _codes;

    protected override void WriteOut(Span<float> into)
    {
        for (int row = 0; row < Output; row++)
        {
            Span<float> part = into.Slice(row * Input, Input);
            TensorPrimitives.ConvertChecked<sbyte, float>(_codes.AsSpan(row * Input, Input), part);
            TensorPrimitives.Multiply(part, _scales[row] / 127, part);
        }
    }
}
