using System.Text;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>
/// Reads delimited records (RFC 4180) and goes on after a broken one: a quote that is never closed costs its own line, not the rest of the file,
/// which is why this is no library's reader. Knows nothing of headers.
/// </summary>
internal sealed class DelimitedReader(TextReader text, char delimiter, IngestLimits limits)
{
    private readonly CharacterSource _source = new(text);
    private readonly StringBuilder _cell = new();
    private readonly StringBuilder _raw = new();
    private DelimitedFault _fault;
    private bool _takesRest;

    /// <returns>The next record that is no blank line, or null at the end.</returns>
    public DelimitedRecord? Read()
    {
        while (_source.Peek() >= 0)
        {
            DelimitedRecord record = ReadRecord();
            if (record.Cells is not [""]) return record;
        }
        return null;
    }

    private DelimitedRecord ReadRecord()
    {
        int line = _source.Line;
        List<string> cells = [];
        _fault = DelimitedFault.None;
        while (ReadCell(cells))
        {
        }
        return new(line, cells, _fault);
    }

    // Returns whether another cell of the record follows.
    private bool ReadCell(List<string> cells)
    {
        _cell.Clear();
        _raw.Clear();
        _takesRest = cells.Count == limits.Columns; // one more than there may be: millions of delimiters on a line become no cells
        int line = _source.Line;
        if (_source.Peek() == '"')
        {
            if (!TryReadQuoted())
            {
                CloseAtLineEnd(line, cells);
                return false;
            }
        }
        else
        {
            ReadPlain();
        }
        cells.Add(_cell.ToString());
        return EndCell();
    }

    private void ReadPlain()
    {
        while (!AtCellEnd())
        {
            char next = (char)_source.Read();
            if (_cell.Length < limits.CellCharacters) _cell.Append(next);
            else _fault = DelimitedFault.TooLong;
        }
    }

    private bool TryReadQuoted()
    {
        _source.Read();
        bool manyLines = false;
        while (_source.Peek() >= 0 && _cell.Length < limits.CellCharacters)
        {
            char next = Take();
            if (next is '\r' or '\n') manyLines = true;
            if (next == '"')
            {
                if (_source.Peek() == '"') Take();
                else if (AtCellEnd()) return true;
                else if (manyLines) return false; // the quote that should close this cell opens another
                else _fault = DelimitedFault.StrayQuote;
            }
            _cell.Append(next);
        }
        return false;
    }

    // The cells of the line on which the quote was opened are read as if it were not there; what comes after that line is put back.
    private void CloseAtLineEnd(int line, List<string> cells)
    {
        string taken = _raw.ToString();
        int end = taken.AsSpan().IndexOfAny('\r', '\n');
        string first = end < 0 ? taken : taken[..end];
        if (end < 0)
        {
            StringBuilder rest = new(first);
            while (_source.Peek() is not (-1 or '\r' or '\n'))
            {
                char next = (char)_source.Read();
                if (rest.Length < limits.CellCharacters) rest.Append(next);
            }
            first = rest.ToString();
            SkipLineEnd();
        }
        else
        {
            _source.PutBack(taken[end..], line);
            SkipLineEnd();
        }
        cells.AddRange(first.Split(delimiter, limits.Columns + 1 - cells.Count));
        _fault = DelimitedFault.OpenQuote;
    }

    private bool EndCell()
    {
        if (_source.Peek() == delimiter && !_takesRest)
        {
            _source.Read();
            return true;
        }
        SkipLineEnd();
        return false;
    }

    private void SkipLineEnd()
    {
        if (_source.Peek() == '\r') _source.Read();
        if (_source.Peek() == '\n') _source.Read();
    }

    private bool AtCellEnd() => _source.Peek() is int next && (next is -1 or '\r' or '\n' || (next == delimiter && !_takesRest));

    private char Take()
    {
        char next = (char)_source.Read();
        _raw.Append(next);
        return next;
    }
}

/// <summary>One record of a delimited file: where it begins, its cells, and what was wrong with its quotes.</summary>
internal sealed record DelimitedRecord(int Line, IReadOnlyList<string> Cells, DelimitedFault Fault);

/// <summary>What was wrong with a record's writing.</summary>
internal enum DelimitedFault
{
    None,
    OpenQuote,
    StrayQuote,
    TooLong,
}
