using System.Collections.Concurrent;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Remembers the ids of short pieces, since most words of a text have been seen before. Safe to share between threads.</summary>
internal sealed class PieceCache(SubwordModel model, bool writesBytes)
{
    private const int LongestPiece = 48, MostPieces = 100_000;

    private readonly ConcurrentDictionary<string, int[]> _known = new(StringComparer.Ordinal);
    private int _count;

    public void AddIds(ReadOnlySpan<char> piece, List<int> output)
    {
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(piece, out int[]? ids)) { output.AddRange(ids); return; }
        List<ModelToken> tokens = [];
        model.Tokenize(writesBytes ? ByteAlphabet.Write(piece) : piece.ToString(), tokens);
        foreach (ModelToken token in tokens) output.Add(token.Id);
        if (piece.Length > LongestPiece || Volatile.Read(ref _count) >= MostPieces) return;
        if (_known.TryAdd(piece.ToString(), [.. tokens.Select(token => token.Id)])) Interlocked.Increment(ref _count);
    }
}
