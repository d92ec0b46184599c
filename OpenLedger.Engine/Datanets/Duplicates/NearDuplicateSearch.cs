namespace OpenLedger.Engine.Datanets.Duplicates;

/// <summary>Finds texts that nearly repeat an earlier one: three-word shingles, MinHash to find candidates, then the exact Jaccard index. Knows no row.</summary>
public sealed class NearDuplicateSearch
{
    /// <summary>At least so alike.</summary>
    public const double Threshold = 0.8;

    private const int WordsPerShingle = 3;

    // A file made of one template would otherwise be compared pair by pair: a row looks at the earliest of its bucket only.
    private const int ComparedPerBucket = 64;

    private readonly List<uint[]> _shingles = [];
    private readonly List<ulong[]> _keys = [];

    /// <summary>Adds a text; its number is how many were added before.</summary>
    public void Add(string text)
    {
        uint[] shingles = ShinglesOf(text);
        ulong[] keys = new ulong[MinHash.Bands];
        MinHash.BandKeys(shingles, keys);
        _shingles.Add(shingles);
        _keys.Add(keys);
    }

    /// <summary>Each text that has one, with the first earlier text it nearly repeats, by ascending number.</summary>
    public IReadOnlyList<NearPair> Find(CancellationToken cancel)
    {
        NearPair?[] first = new NearPair?[_shingles.Count];
        int[] order = new int[_shingles.Count];
        ulong[] keys = new ulong[_shingles.Count];
        for (int band = 0; band < MinHash.Bands; band++)
        {
            cancel.ThrowIfCancellationRequested();
            for (int i = 0; i < order.Length; i++) (order[i], keys[i]) = (i, _keys[i][band]);
            Array.Sort(keys, order);
            for (int start = 0, end; start < order.Length; start = end)
            {
                for (end = start + 1; end < order.Length && keys[end] == keys[start]; end++)
                {
                }
                Compare(order.AsSpan(start, end - start), first);
            }
        }
        return [.. first.OfType<NearPair>()];
    }

    private void Compare(Span<int> bucket, NearPair?[] first)
    {
        bucket.Sort();
        for (int later = 1; later < bucket.Length; later++)
        {
            for (int earlier = 0; earlier < Math.Min(later, ComparedPerBucket); earlier++)
            {
                if (first[bucket[later]]?.Earlier <= bucket[earlier]) break; // what is left is no earlier than what is known
                double alike = Jaccard(_shingles[bucket[earlier]], _shingles[bucket[later]]);
                if (alike < Threshold) continue;
                first[bucket[later]] = new(bucket[earlier], bucket[later], alike);
                break;
            }
        }
    }

    private static double Jaccard(uint[] a, uint[] b)
    {
        // Sizes alone can rule a pair out: the index is at most the smaller over the larger.
        if (Math.Min(a.Length, b.Length) < Threshold * Math.Max(a.Length, b.Length)) return 0;
        int shared = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i] == b[j]) (shared, i, j) = (shared + 1, i + 1, j + 1);
            else if (a[i] < b[j]) i++;
            else j++;
        }
        return shared / (double)(a.Length + b.Length - shared);
    }

    private static uint[] ShinglesOf(string text)
    {
        IReadOnlyList<string> words = RowFingerprint.WordsOf(text);
        if (words.Count < WordsPerShingle) return [HashOf(words)];
        uint[] shingles = new uint[words.Count - WordsPerShingle + 1];
        for (int i = 0; i < shingles.Length; i++) shingles[i] = HashOf(words.Skip(i).Take(WordsPerShingle));
        Array.Sort(shingles);
        return [.. shingles.Distinct()];
    }

    // FNV-1a over UTF-16 code units, then MurmurHash3's finaliser: a set of words needs no more than a good spread.
    private static uint HashOf(IEnumerable<string> words)
    {
        uint hash = 2166136261;
        foreach (string word in words)
        {
            foreach (char c in word) hash = (hash ^ c) * 16777619;
            hash = (hash ^ ' ') * 16777619;
        }
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
