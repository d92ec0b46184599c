using System.Text;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>Lines of a text, the longest cut where the limit is, so that a file of one line costs no more than another. Knows no format.</summary>
internal sealed class LineReader(TextReader text, int limit)
{
    private readonly CharacterSource _source = new(text);
    private readonly StringBuilder _line = new();

    /// <returns>The next line, or null at the end.</returns>
    public TextLine? Read()
    {
        if (_source.Peek() < 0) return null;
        int number = _source.Line;
        bool cut = false;
        _line.Clear();
        while (_source.Peek() is not (-1 or '\r' or '\n'))
        {
            char next = (char)_source.Read();
            if (_line.Length < limit) _line.Append(next);
            else cut = true;
        }
        if (_source.Peek() == '\r') _source.Read();
        if (_source.Peek() == '\n') _source.Read();
        return new(number, _line.ToString(), cut);
    }
}

/// <summary>A line, where it stands, and whether its end was cut away.</summary>
internal sealed record TextLine(int Number, string Text, bool Cut);
