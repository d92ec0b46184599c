namespace OpenLedger.Engine.Training;

/// <summary>Orders and seeds that depend on nothing but numbers: the same on every machine and after every restart.</summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood, OOPSLA 2014), so that no library's generator can change an old run.</remarks>
public sealed class SeededOrder(ulong seed)
{
    private ulong _state = seed;

    /// <summary>One seed from several numbers, for example run seed, step and batch.</summary>
    public static long Mix(long seed, params ReadOnlySpan<long> parts)
    {
        SeededOrder order = new((ulong)seed);
        ulong mixed = order.Next();
        foreach (long part in parts) mixed = new SeededOrder(mixed ^ (ulong)part).Next();
        return (long)(mixed >> 1); // torch takes a signed seed
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 up to, not including, <paramref name="end"/>.</summary>
    public int Below(int end) => (int)(Next() % (ulong)end);

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The items in a random order (Fisher-Yates).</summary>
    public List<T> Shuffle<T>(IEnumerable<T> items)
    {
        List<T> order = [.. items];
        for (int i = order.Count - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }
}
