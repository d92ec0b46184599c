namespace OpenLedger.Engine.Models;

/// <summary>Slopes of attention with linear biases (Press et al., "Train Short, Test Long", 2021).</summary>
internal static class Alibi
{
    /// <summary>One slope a head: a geometric row for a power of two, and every other one of the next row for the heads beyond.</summary>
    public static float[] Slopes(int heads)
    {
        int power = 1 << (int)Math.Floor(Math.Log2(heads));
        IEnumerable<double> first = Enumerable.Range(1, power).Select(i => Math.Pow(2, -8.0 / power * i));
        IEnumerable<double> rest = Enumerable.Range(0, heads - power).Select(i => Math.Pow(2, -4.0 / power * (2 * i + 1)));
        return [.. first.Concat(rest).Select(slope => (float)slope)];
    }
}
