namespace OpenLedger.Engine.Tokenization;

/// <summary>A stretch of an aligned text, on its way through the pre-tokenizers to the vocabulary.</summary>
internal readonly record struct Piece(AlignedText Text, int Start, int Length)
{
    public ReadOnlySpan<char> Span => Text.Value.AsSpan(Start, Length);

    public static Piece All(AlignedText text) => new(text, 0, text.Value.Length);

    public Piece Slice(TextRange range) => new(Text, Start + range.Start, range.Length);

    /// <summary>Where the piece begins in the source.</summary>
    public int SourceStart => Length == 0 ? 0 : Text.SourceOf(Start).Start;

    /// <summary>The piece as a text of its own, with its alignment.</summary>
    public AlignedText ToText()
    {
        if (Length == Text.Value.Length) return Text;
        AlignedTextBuilder copy = new(Length);
        copy.Append(this);
        return copy.ToText();
    }
}
