using System.Text;

namespace OpenLedger.Engine.Tokenization;

/// <summary>A text whose every UTF-16 unit knows which stretch of the source it came from. Knows nothing of tokens.</summary>
internal sealed class AlignedText
{
    private readonly TextRange[]? _source; // one range a unit; null: the text is the source itself

    private AlignedText(string value, TextRange[]? source) => (Value, _source) = (value, source);

    public string Value { get; }

    /// <summary>Wraps a source as it is.</summary>
    public static AlignedText Of(string source) => new(source, null);

    /// <summary>Wraps a changed text with the source range of each UTF-16 unit.</summary>
    public static AlignedText Of(string value, TextRange[] source) => new(value, source);

    /// <summary>The source range of one UTF-16 unit: always whole characters.</summary>
    public TextRange SourceOf(int unit)
    {
        if (_source is not null) return _source[unit];
        int start = char.IsLowSurrogate(Value[unit]) ? unit - 1 : unit;
        return new TextRange(start, start + (char.IsHighSurrogate(Value[start]) ? 2 : 1));
    }

    /// <summary>Whether nothing was changed since the source.</summary>
    public bool IsSource => _source is null;

    /// <summary>Rewrites the text character by character.</summary>
    public AlignedText Rewrite(Action<Rune, TextRange, AlignedTextBuilder> rewrite)
    {
        AlignedTextBuilder result = new(Value.Length);
        int unit = 0;
        foreach (Rune rune in Value.EnumerateRunes())
        {
            rewrite(rune, SourceOf(unit), result);
            unit += rune.Utf16SequenceLength;
        }
        return result.ToText();
    }

    /// <summary>Puts text in front; it counts as made from the first character.</summary>
    public AlignedText Prepend(string text)
    {
        if (Value.Length == 0) return this;
        AlignedTextBuilder result = new(Value.Length + text.Length);
        result.Append(text, SourceOf(0));
        result.Append(new Piece(this, 0, Value.Length));
        return result.ToText();
    }

    /// <summary>Replaces each range by the same content; it counts as made from the last character of the range.</summary>
    public AlignedText Replace(List<TextRange> ranges, string content)
    {
        if (ranges.Count == 0) return this;
        AlignedTextBuilder result = new(Value.Length);
        int done = 0;
        foreach (TextRange range in ranges)
        {
            result.Append(new Piece(this, done, range.Start - done));
            result.Append(content, range.End == 0 ? default : SourceOf(range.End - 1));
            done = range.End;
        }
        result.Append(new Piece(this, done, Value.Length - done));
        return result.ToText();
    }
}
