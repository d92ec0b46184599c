using System.Text;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Collects a changed text together with where each unit came from.</summary>
internal sealed class AlignedTextBuilder(int capacity)
{
    private readonly StringBuilder _value = new(capacity);
    private readonly List<TextRange> _source = new(capacity);

    public void Append(Rune rune, TextRange source)
    {
        _value.Append(rune);
        for (int i = 0; i < rune.Utf16SequenceLength; i++) _source.Add(source);
    }

    public void Append(char unit, TextRange source)
    {
        _value.Append(unit);
        _source.Add(source);
    }

    public void Append(string text, TextRange source)
    {
        _value.Append(text);
        for (int i = 0; i < text.Length; i++) _source.Add(source);
    }

    public void Append(Piece piece)
    {
        _value.Append(piece.Span);
        for (int i = 0; i < piece.Length; i++) _source.Add(piece.Text.SourceOf(piece.Start + i));
    }

    public AlignedText ToText() => AlignedText.Of(_value.ToString(), [.. _source]);
}
