namespace OpenLedger.Engine.Tokenization;

/// <summary>Cuts a piece into smaller ones, gaps kept, and may change them.</summary>
internal delegate void PreTokenizer(Piece piece, List<Piece> output);

/// <summary>Where the mark for a word's beginning is put in front (the tokenizers library's <c>prepend_scheme</c>).</summary>
internal enum PrependScheme
{
    Always,
    First,
    Never,
}

/// <summary>The pre-tokenizers of the tokenizers library, one a method. Knows nothing of files.</summary>
internal static class PreTokenizers
{
    // GPT-2's own pattern (Radford et al. 2019, encoder.py).
    private static readonly TextPattern Gpt2Words = TextPattern.Expression(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+");

    public static PreTokenizer Sequence(IReadOnlyList<PreTokenizer> steps) => (piece, output) =>
    {
        List<Piece> current = [piece];
        foreach (PreTokenizer step in steps)
        {
            List<Piece> next = new(current.Count * 2);
            foreach (Piece part in current) step(part, next);
            current = next;
        }
        output.AddRange(current);
    };

    public static PreTokenizer Split(TextPattern pattern, bool invert, SplitBehavior behavior) => (piece, output) =>
        PieceSplit.Split(piece, pattern.Find(piece.Span), invert, behavior, output);

    public static PreTokenizer Digits(bool individual) =>
        Split(TextPattern.Class(CharacterClass.IsNumber), false, individual ? SplitBehavior.Isolated : SplitBehavior.Contiguous);

    public static PreTokenizer Punctuation(SplitBehavior behavior) => Split(TextPattern.Class(CharacterClass.IsPunctuation), false, behavior);

    public static PreTokenizer Whitespace() => Sequence([WhitespaceSplit(), Split(TextPattern.Class(CharacterClass.IsWord), false, SplitBehavior.Contiguous)]);

    public static PreTokenizer WhitespaceSplit() => Split(TextPattern.Class(CharacterClass.IsWhiteSpace), false, SplitBehavior.Removed);

    public static PreTokenizer Bert() => Sequence([WhitespaceSplit(), Punctuation(SplitBehavior.Isolated)]);

    /// <summary>Words as GPT-2 sees them; their bytes are written by <see cref="Bytes"/> or by the vocabulary.</summary>
    public static PreTokenizer Gpt2(bool addPrefixSpace, bool useRegex)
    {
        return (piece, output) =>
        {
            if (addPrefixSpace && piece.Length > 0 && piece.Span[0] != ' ') piece = Piece.All(piece.ToText().Prepend(" "));
            if (useRegex) PieceSplit.Split(piece, Gpt2Words.Find(piece.Span), false, SplitBehavior.Isolated, output);
            else output.Add(piece);
        };
    }

    /// <summary>Writes a piece as GPT-2's stand-ins for its bytes.</summary>
    public static void Bytes(Piece piece, List<Piece> output) => output.Add(Piece.All(ByteAlphabet.Write(piece)));

    /// <summary>SentencePiece's way: spaces become a visible mark, and one may be put in front.</summary>
    public static PreTokenizer Metaspace(char mark, PrependScheme scheme, bool split)
    {
        TextPattern space = TextPattern.Literal(" "), marks = TextPattern.Literal(mark.ToString());
        return (piece, output) =>
        {
            bool prepends = scheme == PrependScheme.Always || (scheme == PrependScheme.First && piece.SourceStart == 0);
            AlignedText text = piece.ToText();
            text = text.Replace(space.Find(text.Value), mark.ToString());
            if (prepends && !text.Value.StartsWith(mark)) text = text.Prepend(mark.ToString());
            if (split) PieceSplit.Split(Piece.All(text), marks.Find(text.Value), false, SplitBehavior.MergedWithNext, output);
            else if (text.Value.Length > 0) output.Add(Piece.All(text));
        };
    }
}
