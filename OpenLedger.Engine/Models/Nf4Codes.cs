namespace OpenLedger.Engine.Models;

/// <summary>The sixteen values of NF4: quantiles of a normal distribution, scaled to ±1, zero among them (QLoRA, appendix E). Holds no weights.</summary>
internal static class Nf4Codes
{
    /// <summary>By code, rising.</summary>
    public static readonly float[] Values =
    [
        -1.0f, -0.6961928009986877f, -0.5250730514526367f, -0.39491748809814453f, -0.28444138169288635f, -0.18477343022823334f, -0.09105003625154495f, 0.0f,
        0.07958029955625534f, 0.16093020141124725f, 0.24611230194568634f, 0.33791524171829224f, 0.44070982933044434f, 0.5626170039176941f, 0.7229568362236023f, 1.0f,
    ];

    private static readonly float[] Midpoints = [.. Values.Zip(Values.Skip(1), (low, high) => (float)(((double)low + high) / 2))];

    /// <summary>The code nearest to a number in ±1; on a midpoint the lower.</summary>
    public static int Nearest(float value)
    {
        int code = value > Midpoints[7] ? 8 : 0;
        if (value > Midpoints[code + 3]) code += 4;
        if (value > Midpoints[code + 1]) code += 2;
        return value > Midpoints[code] ? code + 1 : code;
    }
}
