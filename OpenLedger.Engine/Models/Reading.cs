using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>Who sees whom in one forward pass: positions of the new tokens, and the masks that follow from them and the cache. Knows no weights.</summary>
internal sealed class Reading : IDisposable
{
    private readonly long[]? _keyPositions;     // [batch * keys], padding -1; null where all rows are even and count from 0
    private readonly long[][]? _queryPositions; // by row; null as above
    private readonly Dictionary<object, Tensor> _made = [];   // what every layer asks for again
    private readonly Device _device;

    private Reading(long batch, long tokens, long start, long keys, Device device) => (Batch, Tokens, Start, Keys, _device) = (batch, tokens, start, keys, device);

    private Reading(long[][] queries, long[] keys, Device device)
        : this(queries.Length, queries[0].Length, 0, keys.Length / queries.Length, device) => (_queryPositions, _keyPositions) = (queries, keys);

    public long Batch { get; }

    /// <summary>The texts that stand one behind another in the one row, each with its own reading; null where a row is one text.</summary>
    public IReadOnlyList<PackedText>? Texts { get; private init; }

    /// <summary>New tokens in a row, padding included.</summary>
    public long Tokens { get; }

    /// <summary>The first new token's position, where rows are even.</summary>
    public long Start { get; }

    /// <summary>Tokens that a new one may look at, cached and new.</summary>
    public long Keys { get; }

    /// <summary>Whether all rows stand at the same positions.</summary>
    public bool IsEven => _queryPositions is null;

    /// <summary>The highest position in this pass.</summary>
    public long Last => IsEven ? Start + Tokens - 1 : _queryPositions!.Max(row => row.Max());

    /// <summary>Plans a pass; padding after the end of a row needs no mask without a cache, because it comes after all that is real.</summary>
    public static Reading Plan(long batch, long tokens, KvCache? cache, long[]? lengths, Device device)
    {
        if (cache is null) return new Reading(batch, tokens, 0, tokens, device);
        long start = cache.Length();
        long[][] queries = cache.Reserve((int)tokens, lengths);
        return cache.IsEven ? new Reading(batch, tokens, start, start + tokens, device) : new Reading(queries, cache.Positions(), device);
    }

    /// <summary>Plans a pass over texts that stand one behind another in one row: each counts from 0 and sees only itself.</summary>
    public static Reading Packed(IReadOnlyList<int> lengths, Device device)
    {
        long[] positions = [.. lengths.SelectMany(length => Enumerable.Range(0, length)).Select(position => (long)position)];
        List<PackedText> texts = [];
        long start = 0;
        foreach (int length in lengths)
        {
            texts.Add(new PackedText(start, new Reading(1, length, 0, length, device)));
            start += length;
        }
        return new Reading([positions], positions, device) { Texts = texts };
    }

    /// <summary>Positions of the new tokens [batch, tokens]; padding stands at 0.</summary>
    public Tensor Positions() => Once("positions", () => IsEven
        ? arange(Start, Start + Tokens, int64, _device).expand(Batch, Tokens)
        : tensor(_queryPositions!.SelectMany(row => row).Select(p => Math.Max(p, 0)).ToArray(), [Batch, Tokens], int64, _device));

    /// <summary>Positions of everything that can be looked at: [1 or batch, 1, 1, keys] as float.</summary>
    public Tensor KeyPositions() => Once("keys", () => IsEven
        ? arange(Keys, float32, _device).view(1, 1, 1, Keys)
        : tensor(_keyPositions!.Select(p => (float)Math.Max(p, 0)).ToArray(), [Batch, 1, 1, Keys], float32, _device));

    /// <summary>Added to scores: 0 where a token may look, minus infinity where not. [1 or batch, 1, tokens, keys]; null where all may be seen.</summary>
    /// <param name="window">How far back one sees, itself included; null for all.</param>
    public Tensor? Mask(int? window)
    {
        int? narrow = window < Keys ? window : null;
        if (IsEven && Tokens == 1 && narrow is null) return null;
        return Once(("mask", narrow), () => MakeMask(narrow));
    }

    /// <summary>Whether the kernel's own causal mask says all there is to say.</summary>
    public bool IsCausal(int? window) => IsEven && Start == 0 && Tokens > 1 && !(window < Keys);

    /// <summary>The rows of a rotary table for the new tokens.</summary>
    public (Tensor Cosines, Tensor Sines) Rotary(RotaryTable table)
    {
        if (_made.TryGetValue((table, "cos"), out Tensor? cosines)) return (cosines, _made[(table, "sin")]);
        (Tensor c, Tensor s) = IsEven ? table.At(Start, Tokens) : table.At(Positions(), Last);
        return (Once((table, "cos"), () => c), Once((table, "sin"), () => s));
    }

    /// <summary>Makes a tensor once for all layers of this pass, and keeps it until the pass ends.</summary>
    public Tensor Once(object key, Func<Tensor> make)
    {
        if (!_made.TryGetValue(key, out Tensor? made)) _made.Add(key, made = make().DetachFromDisposeScope());
        return made;
    }

    public void Dispose()
    {
        foreach (Tensor made in _made.Values) made.Dispose();
        foreach (PackedText text in Texts ?? []) text.Reading.Dispose();
    }

    private Tensor MakeMask(int? window)
    {
        long rows = IsEven ? 1 : Batch;
        float[] mask = new float[rows * Tokens * Keys];
        for (long row = 0, at = 0; row < rows; row++)
        {
            for (long token = 0; token < Tokens; token++)
            {
                long query = IsEven ? Start + token : _queryPositions![row][token];
                for (long key = 0; key < Keys; key++, at++)
                {
                    long position = IsEven ? key : _keyPositions![row * Keys + key];
                    // A padding query looks at everything real, so that its softmax is a number; nobody reads it.
                    bool seen = position >= 0 && (query < 0 || (position <= query && (window is null || query - position < window)));
                    if (!seen) mask[at] = float.NegativeInfinity;
                }
            }
        }
        return tensor(mask, [rows, 1, Tokens, Keys], float32, _device);
    }
}
