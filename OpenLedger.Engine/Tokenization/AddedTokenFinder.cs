using System.Buffers;
using System.Text;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Finds added tokens in a text: leftmost, then longest. Knows nothing of what lies between them.</summary>
internal sealed class AddedTokenFinder
{
    private readonly Dictionary<string, AddedToken> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AddedToken>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Dictionary<char, int[]> _lengths; // by first unit, longest first
    private readonly SearchValues<char> _firsts;

    /// <param name="tokens">Each with the text to look for, which normalization may have changed.</param>
    public AddedTokenFinder(IEnumerable<(string Text, AddedToken Token)> tokens)
    {
        foreach ((string text, AddedToken token) in tokens)
            if (text.Length > 0) _tokens[text] = token;
        _lookup = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();
        _lengths = _tokens.Keys.GroupBy(text => text[0]).ToDictionary(group => group.Key, group => group.Select(text => text.Length).Distinct().OrderDescending().ToArray());
        _firsts = SearchValues.Create([.. _lengths.Keys]);
    }

    /// <summary>Hands out the text in order, either a token with the stretch it covers or a stretch between tokens.</summary>
    public void Split(Piece piece, Action<Piece, AddedToken?> output)
    {
        ReadOnlySpan<char> text = piece.Span;
        int done = 0, from = 0;
        while (from < text.Length && text[from..].IndexOfAny(_firsts) is int next and >= 0)
        {
            int start = from + next;
            if (LongestAt(text, start) is not AddedToken token) { from = start + 1; continue; }
            int end = start + MatchedLength(text, start);
            from = end;
            if (token.SingleWord && (EndsWithWord(text[..start]) || StartsWithWord(text[end..]))) continue;
            if (token.LeftStrip) start = Math.Max(text[..start].TrimEnd().Length, done);
            if (token.RightStrip) end = text.Length - text[end..].TrimStart().Length;
            if (start > done) output(piece.Slice(new TextRange(done, start)), null);
            if (end > start) output(piece.Slice(new TextRange(start, end)), token); // nothing is left where the token before has taken it all along
            done = end; // the next match may lie in white space that was just taken along: the reference gives both
        }
        if (done < text.Length) output(piece.Slice(new TextRange(done, text.Length)), null);
    }

    private AddedToken? LongestAt(ReadOnlySpan<char> text, int start) =>
        MatchedLength(text, start) is int length and > 0 ? _lookup[text.Slice(start, length)] : null;

    private int MatchedLength(ReadOnlySpan<char> text, int start)
    {
        foreach (int length in _lengths[text[start]])
            if (start + length <= text.Length && _lookup.ContainsKey(text.Slice(start, length))) return length;
        return 0;
    }

    private static bool EndsWithWord(ReadOnlySpan<char> text) => Rune.DecodeLastFromUtf16(text, out Rune last, out _) == OperationStatus.Done && CharacterClass.IsWord(last);

    private static bool StartsWithWord(ReadOnlySpan<char> text) => Rune.DecodeFromUtf16(text, out Rune first, out _) == OperationStatus.Done && CharacterClass.IsWord(first);
}
