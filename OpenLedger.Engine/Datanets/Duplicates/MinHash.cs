namespace OpenLedger.Engine.Datanets.Duplicates;

/// <summary>
/// 128 minima of hashed shingles in 32 bands of 4 (Broder 1997; banding: Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4):
/// two sets that share 8 of 10 shingles meet in a band with probability 1 - (1 - 0.8^4)^32, which is all but one in ten million. Knows no text.
/// </summary>
internal static class MinHash
{
    public const int Bands = 32;
    private const int RowsPerBand = 4;

    private static readonly (ulong A, ulong B)[] Functions = MakeFunctions();

    /// <summary>The key of each band for a set of shingles.</summary>
    /// <param name="shingles">Hashed, not empty.</param>
    /// <param name="keys">32 of them are written.</param>
    public static void BandKeys(ReadOnlySpan<uint> shingles, Span<ulong> keys)
    {
        for (int band = 0; band < Bands; band++)
        {
            ulong key = 0xcbf29ce484222325;
            for (int row = 0; row < RowsPerBand; row++)
                key = (key ^ Minimum(shingles, Functions[band * RowsPerBand + row])) * 0x100000001b3;
            keys[band] = key;
        }
    }

    // Multiply-add-shift (Dietzfelbinger et al. 1996): pairwise independent over 32-bit keys.
    private static uint Minimum(ReadOnlySpan<uint> shingles, (ulong A, ulong B) function)
    {
        uint least = uint.MaxValue;
        foreach (uint shingle in shingles)
            least = Math.Min(least, (uint)((function.A * shingle + function.B) >> 32));
        return least;
    }

    // Fixed, so that the same texts give the same answer on every machine (SplitMix64 from a constant).
    private static (ulong, ulong)[] MakeFunctions()
    {
        ulong state = 0x6f70656e6c656467; // "openledg"
        return [.. Enumerable.Range(0, Bands * RowsPerBand).Select(_ => (Next(ref state) | 1, Next(ref state)))];
    }

    private static ulong Next(ref ulong state)
    {
        state += 0x9e3779b97f4a7c15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
