using System.Text;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Byte-pair encoding (Sennrich et al. 2016): the pair that was learned first is joined first, in n log n.</summary>
internal sealed class BpeModel : SubwordModel
{
    private readonly BpeOptions _options;
    private readonly int? _unknown;
    private readonly Dictionary<(int Left, int Right), Merge> _merges;

    /// <exception cref="TokenizerException">A merge names a token that the vocabulary lacks.</exception>
    public BpeModel(Dictionary<string, int> vocabulary, IEnumerable<(string Left, string Right)> merges, BpeOptions options) : base(vocabulary)
    {
        _options = options;
        if (options.UnknownToken is not null) _unknown = IdOf(options.UnknownToken);
        _merges = [];
        int rank = 0, prefix = options.ContinuingPrefix?.Length ?? 0;
        foreach ((string left, string right) in merges)
        {
            string joined = left + right[Math.Min(prefix, right.Length)..];
            _merges[(Require(left), Require(right))] = new Merge(rank++, Require(joined));
        }
    }

    private readonly record struct Merge(int Rank, int Id);

    private readonly record struct Candidate(int Position, int Id);

    private struct Symbol
    {
        public int Id, Previous, Next, Bytes;
    }

    public override void Tokenize(string piece, List<ModelToken> output)
    {
        if (piece.Length == 0) return;
        if (_options.IgnoreMerges && IdOf(piece) is int whole)
        {
            output.Add(new ModelToken(whole, piece, new TextRange(0, Encoding.UTF8.GetByteCount(piece))));
            return;
        }
        List<Symbol> symbols = Split(piece);
        Join(symbols);
        int at = 0;
        foreach (Symbol symbol in symbols)
        {
            if (symbol.Bytes == 0) continue;
            output.Add(new ModelToken(symbol.Id, TextOf(symbol.Id)!, new TextRange(at, at + symbol.Bytes)));
            at += symbol.Bytes;
        }
    }

    private int Require(string token) => IdOf(token) ?? throw new TokenizerException($"a merge needs the token '{token}', which the vocabulary lacks");

    // A character that is no token becomes its bytes, or the unknown token, or nothing. An unknown run waits while bytes pass it by: so does the reference.
    private List<Symbol> Split(string piece)
    {
        List<Symbol> symbols = new(piece.Length);
        int waiting = 0; // bytes of an unknown run
        int unit = 0;
        foreach (Rune rune in piece.EnumerateRunes())
        {
            bool first = unit == 0, last = unit + rune.Utf16SequenceLength == piece.Length;
            unit += rune.Utf16SequenceLength;
            string text = Affix(rune.ToString(), first, last);
            if (Vocabulary.TryGetValue(text, out int id))
            {
                FlushUnknown(symbols, ref waiting);
                symbols.Add(new Symbol { Id = id, Bytes = rune.Utf8SequenceLength });
            }
            else if (!TryAddBytes(text, symbols) && _unknown is not null)
            {
                if (!_options.FuseUnknown) FlushUnknown(symbols, ref waiting);
                waiting += rune.Utf8SequenceLength;
            }
        }
        FlushUnknown(symbols, ref waiting);
        return symbols;
    }

    private string Affix(string text, bool first, bool last) =>
        (first ? "" : _options.ContinuingPrefix) + text + (last ? _options.EndOfWordSuffix : "");

    private void FlushUnknown(List<Symbol> symbols, ref int waiting)
    {
        if (waiting > 0) symbols.Add(new Symbol { Id = _unknown!.Value, Bytes = waiting });
        waiting = 0;
    }

    private bool TryAddBytes(string text, List<Symbol> symbols)
    {
        if (!_options.ByteFallback) return false;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int[] ids = new int[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
            if (!Vocabulary.TryGetValue(ByteToken(bytes[i]), out ids[i])) return false;
        foreach (int id in ids) symbols.Add(new Symbol { Id = id, Bytes = 1 });
        return true;
    }

    private void Join(List<Symbol> list)
    {
        Span<Symbol> symbols = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list);
        PriorityQueue<Candidate, long> queue = new(symbols.Length);
        for (int i = 0; i < symbols.Length; i++)
        {
            symbols[i].Previous = i - 1;
            symbols[i].Next = i + 1 < symbols.Length ? i + 1 : -1;
            if (i > 0) Offer(symbols, i - 1, queue);
        }
        while (queue.TryDequeue(out Candidate candidate, out _)) Apply(symbols, candidate, queue);
    }

    private void Offer(Span<Symbol> symbols, int left, PriorityQueue<Candidate, long> queue)
    {
        int right = symbols[left].Next;
        if (_merges.TryGetValue((symbols[left].Id, symbols[right].Id), out Merge merge))
            queue.Enqueue(new Candidate(left, merge.Id), ((long)merge.Rank << 32) | (uint)left);
    }

    // A candidate may be stale: its left side gone, or its pair changed since.
    private void Apply(Span<Symbol> symbols, Candidate candidate, PriorityQueue<Candidate, long> queue)
    {
        ref Symbol left = ref symbols[candidate.Position];
        if (left.Bytes == 0 || left.Next < 0) return;
        ref Symbol right = ref symbols[left.Next];
        if (!_merges.TryGetValue((left.Id, right.Id), out Merge merge) || merge.Id != candidate.Id) return;
        left.Id = merge.Id;
        left.Bytes += right.Bytes;
        right.Bytes = 0;
        left.Next = right.Next;
        if (left.Next >= 0) symbols[left.Next].Previous = candidate.Position;
        if (left.Previous >= 0) Offer(symbols, left.Previous, queue);
        if (left.Next >= 0) Offer(symbols, candidate.Position, queue);
    }
}
