using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>
/// Keys and values of the tokens that a batch has read so far, by layer. Each slot knows its position, so that rows of different
/// lengths share one batch: a padding slot has position -1 and is never seen. Belongs to one generation, not to several threads.
/// </summary>
public sealed class KvCache : IDisposable
{
    private const long Padding = -1;
    private readonly Tensor?[] _keys, _values;   // each [batch, heads, capacity, width]
    private readonly List<long[]> _slots = [];   // by slot: each row's position
    private readonly long[] _next;

    internal KvCache(int layers, int batch)
    {
        (_keys, _values) = (new Tensor?[layers], new Tensor?[layers]);
        _next = new long[batch];
    }

    /// <summary>Rows.</summary>
    public int Batch => _next.Length;

    /// <summary>Slots in use: the longest row's tokens, and padding.</summary>
    public int Slots => _slots.Count;

    /// <summary>Whether every row has read the same number of tokens and no slot is padding.</summary>
    public bool IsEven { get; private set; } = true;

    /// <summary>The next token's position in a row: how many tokens it has read.</summary>
    public long Length(int row = 0) => _next[row];

    /// <summary>Forgets everything after the first <paramref name="tokens"/> of every row, so that another text can go on from a common beginning.</summary>
    /// <exception cref="InvalidOperationException">The rows differ in length: their slots are not their tokens.</exception>
    public void Truncate(int tokens)
    {
        if (!IsEven) throw new InvalidOperationException("rows of different lengths cannot be cut to one");
        if (tokens < 0 || tokens > Slots) throw new ArgumentOutOfRangeException(nameof(tokens), $"{tokens} of {Slots} tokens");
        _slots.RemoveRange(tokens, _slots.Count - tokens);
        Array.Fill(_next, tokens);
    }

    /// <summary>A cache of its own with the same content, for <paramref name="batch"/> equal rows where this one has a single row.</summary>
    public KvCache Clone(int? batch = null)
    {
        int rows = batch ?? Batch;
        if (rows != Batch && Batch != 1) throw new ArgumentOutOfRangeException(nameof(batch), $"{Batch} rows cannot become {rows}");
        KvCache copy = new(_keys.Length, rows) { IsEven = IsEven };
        for (int layer = 0; layer < _keys.Length; layer++)
        {
            copy._keys[layer] = Copy(_keys[layer], rows);
            copy._values[layer] = Copy(_values[layer], rows);
        }
        copy._slots.AddRange(_slots.Select(slot => rows == Batch ? (long[])slot.Clone() : [.. Enumerable.Repeat(slot[0], rows)]));
        for (int row = 0; row < rows; row++) copy._next[row] = _next[rows == Batch ? row : 0];
        return copy;
    }

    public void Dispose()
    {
        foreach (Tensor? tensor in _keys.Concat(_values)) tensor?.Dispose();
        Array.Clear(_keys);
        Array.Clear(_values);
    }

    /// <summary>Gives slots to new tokens; rows shorter than <paramref name="tokens"/> end in padding.</summary>
    /// <returns>The new tokens' positions by row, padding as -1.</returns>
    internal long[][] Reserve(int tokens, long[]? lengths)
    {
        long[][] positions = [.. _next.Select((next, row) => Enumerable.Range(0, tokens).Select(t => lengths is null || t < lengths[row] ? next + t : Padding).ToArray())];
        for (int t = 0; t < tokens; t++) _slots.Add([.. positions.Select(row => row[t])]);
        for (int row = 0; row < Batch; row++) _next[row] += lengths is null ? tokens : lengths[row];
        IsEven &= lengths is null || lengths.All(length => length == tokens);
        return positions;
    }

    /// <summary>Every slot's position, row after row: [batch * slots].</summary>
    internal long[] Positions() => [.. Enumerable.Range(0, Batch).SelectMany(row => _slots.Select(slot => slot[row]))];

    /// <summary>Stores the last reserved tokens' keys and values of a layer, and gives views of all: [batch, heads, slots, width].</summary>
    internal (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values) =>
        (Append(ref _keys[layer], keys), Append(ref _values[layer], values));

    private Tensor Append(ref Tensor? store, Tensor added)
    {
        long tokens = added.shape[2], from = Slots - tokens;
        if (store is null || store.shape[2] < Slots) store = Grown(store, added, from);
        using (Tensor target = store.narrow(2, from, tokens)) target.copy_(added);
        return store.narrow(2, 0, Slots);
    }

    private Tensor Grown(Tensor? store, Tensor like, long used)
    {
        long capacity = Math.Max(64, (long)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Slots));
        Tensor grown = empty([like.shape[0], like.shape[1], capacity, like.shape[3]], like.dtype, like.device).DetachFromDisposeScope();
        if (store is null) return grown;
        using (DisposeScope scope = NewDisposeScope())
        {
            if (used > 0) grown.narrow(2, 0, used).copy_(store.narrow(2, 0, used));
        }
        store.Dispose();
        return grown;
    }

    private static Tensor? Copy(Tensor? tensor, int rows)
    {
        if (tensor is null) return null;
        using DisposeScope scope = NewDisposeScope();
        return tensor.expand(rows, -1, -1, -1).contiguous().clone().DetachFromDisposeScope();
    }
}
