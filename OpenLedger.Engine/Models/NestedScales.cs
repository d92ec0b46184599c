using System.Numerics.Tensors;

namespace OpenLedger.Engine.Models;

/// <summary>Scales held in 8 bits each: their mean, and what is left of each in a dynamic code over blocks of 256 (QLoRA's double quantisation). Knows no weights.</summary>
internal sealed record NestedScales(byte[] Codes, float[] Blocks, float Mean)
{
    private const int Block = 256;

    /// <summary>The code's 256 values, rising: seven decades of both signs, each twice as fine as the one below, then 0 and 1.</summary>
    public static readonly float[] Values = MakeValues();

    private static readonly float[] Midpoints = [.. Values.Zip(Values.Skip(1), (low, high) => (float)(((double)low + high) / 2))];

    /// <summary>Bytes that they are held in.</summary>
    public long Bytes => Codes.LongLength + sizeof(float) * (Blocks.LongLength + 1);

    public static NestedScales Of(float[] scales)
    {
        float mean = scales.Length == 0 ? 0 : (float)scales.Average(scale => (double)scale);
        float[] left = [.. scales.Select(scale => scale - mean)];
        float[] blocks = [.. left.Chunk(Block).Select(part => Math.Abs(TensorPrimitives.MaxMagnitude<float>(part)))];
        return new([.. left.Select((value, i) => Nearest(blocks[i / Block] == 0 ? 0 : value * (1 / blocks[i / Block])))], blocks, mean);
    }

    /// <summary>The scales as they come back.</summary>
    public float[] WriteOut()
    {
        float[] scales = new float[Codes.Length];
        for (int i = 0; i < scales.Length; i++) scales[i] = Values[Codes[i]] * Blocks[i / Block] + Mean;
        return scales;
    }

    private static byte Nearest(float value)
    {
        int found = Array.BinarySearch(Midpoints, value);
        return (byte)(found >= 0 ? found : ~found);   // a midpoint itself takes the lower value
    }

    // bitsandbytes' create_dynamic_map, in float32 as there.
    private static float[] MakeValues()
    {
        List<float> values = [0, 1];
        for (int decade = 0; decade < 7; decade++)
        {
            int parts = 1 << decade;
            float ten = (float)Math.Pow(10, decade - 6);
            for (int i = 0; i < parts; i++)
            {
                float middle = (Edge(i, parts) + Edge(i + 1, parts)) / 2;
                values.AddRange([ten * middle, -(ten * middle)]);
            }
        }
        return [.. values.Order()];
    }

    // torch.linspace(0.1, 1, parts + 1): from the nearer end, so that both are met, and rounded once.
    private static float Edge(int i, int parts)
    {
        float step = (1f - 0.1f) / parts;
        return i < (parts + 1) / 2 ? MathF.FusedMultiplyAdd(step, i, 0.1f) : MathF.FusedMultiplyAdd(-step, parts - i, 1f);
    }
}
