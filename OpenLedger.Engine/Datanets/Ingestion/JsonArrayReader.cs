using System.Text.Json;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>
/// Reads the objects of a JSON array one after another: the array at the top, or the first list of objects under a name there, or the one object that is the file.
/// Holds one object at a time. Knows nothing of columns.
/// </summary>
internal sealed class JsonArrayReader(Stream utf8, IngestLimits limits)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _atEnd;
    private int _line = 1;
    private int _elementLine;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = limits.JsonDepth });

    public IEnumerable<SourceRow> Read()
    {
        SkipMark();
        if (!TryFindArray(out SourceRow? only))
        {
            if (only is not null) yield return only;
            yield break;
        }
        int number = 0;
        while (NextElement(number + 1, out SourceRow? row))
        {
            number++;
            yield return row!;
            if (row!.Problems is [{ Kind: ProblemKind.BrokenFile }]) yield break;
        }
    }

    private bool TryFindArray(out SourceRow? only)
    {
        only = null;
        try
        {
            JsonTokenType first = NextToken(out _);
            if (first == JsonTokenType.StartArray) return true;
            if (first != JsonTokenType.StartObject) throw new JsonException("a list in brackets is needed");
            return TryFindNamedArray(out only);
        }
        catch (JsonException e)
        {
            only = Broken(1, e);
            return false;
        }
        catch (InvalidOperationException)
        {
            only = Broken(1, new JsonException("a text in it holds half a surrogate pair"));
            return false;
        }
    }

    private bool TryFindNamedArray(out SourceRow? only)
    {
        Dictionary<string, string> cells = [];
        only = null;
        int line = _line;
        while (NextToken(out string? name) == JsonTokenType.PropertyName)
        {
            // The messages of a lone conversation are a list of objects too, but not a list of rows.
            if (PeekIsArrayOfObjects() && !ColumnRecognition.IsConversationName(name!))
            {
                NextToken(out _);
                return true;
            }
            using JsonDocument value = NextValue()!;
            if (JsonCells.TextOf(value.RootElement) is string text) cells[name!] = text;
        }
        only = new SourceRow(1, line, cells);
        return false;
    }

    private bool NextElement(int number, out SourceRow? row)
    {
        row = null;
        try
        {
            using JsonDocument? element = NextValue();
            if (element is null) return false;
            int line = _elementLine;
            try
            {
                row = new(number, line, JsonCells.Of(element.RootElement));
            }
            catch (JsonException e)
            {
                string raw = element.RootElement.GetRawText();
                row = SourceRow.Unreadable(number, line, new(number, line, null, ProblemKind.BadJson, $"Entry {number} of the list is no row: {JsonFault.Of(e)}",
                    RowProblem.Cut(raw), [MendOption.LeaveOut, new(MendAction.Write, "Mend the entry")]), raw);
            }
            return true;
        }
        catch (JsonException e)
        {
            row = Broken(number, e);
            return true;
        }
    }

    private SourceRow Broken(int number, JsonException fault)
    {
        int line = fault.LineNumber is long at ? (int)at + 1 : _line;
        string column = fault.BytePositionInLine is long place ? $", character {place + 1}" : "";
        return SourceRow.Unreadable(number, line, new(number, line, null, ProblemKind.BrokenFile, $"The file breaks off at line {line}{column}: {JsonFault.Of(fault)}",
            null, [new(MendAction.LeaveOut, "Take the rows above")]));
    }

    // The next whole value, or null at the end of the list. More is read until it is whole.
    private JsonDocument? NextValue()
    {
        while (true)
        {
            Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), _atEnd, _state);
            if (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndArray) return null;
                long begin = reader.TokenStartIndex;
                if (JsonDocument.TryParseValue(ref reader, out JsonDocument? value))
                {
                    _elementLine = _line + _buffer.AsSpan(_start, (int)begin).Count((byte)'\n');
                    Advance(reader);
                    return value;
                }
            }
            Fill();
        }
    }

    private JsonTokenType NextToken(out string? name)
    {
        while (true)
        {
            Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), _atEnd, _state);
            if (reader.Read())
            {
                name = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
                JsonTokenType token = reader.TokenType;
                Advance(reader);
                return token;
            }
            Fill();
        }
    }

    private bool PeekIsArrayOfObjects()
    {
        while (true)
        {
            Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), _atEnd, _state);
            if (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.StartArray) return false;
                if (reader.Read()) return reader.TokenType == JsonTokenType.StartObject;
            }
            Fill();
        }
    }

    private void Advance(Utf8JsonReader reader)
    {
        int consumed = (int)reader.BytesConsumed;
        _line += _buffer.AsSpan(_start, consumed).Count((byte)'\n');
        _start += consumed;
        _state = reader.CurrentState;
    }

    private void Fill()
    {
        if (_atEnd) throw new JsonException("the end of the file stands inside of it");
        int held = _end - _start;
        if (held > limits.RecordCharacters) throw new JsonException($"an entry is longer than {limits.RecordCharacters:N0} bytes");
        byte[] next = held * 2 > _buffer.Length ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_start, held).CopyTo(next);
        (_buffer, _start, _end) = (next, 0, held);
        int read = utf8.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _atEnd = read == 0;
    }

    private void SkipMark()
    {
        Fill();
        if (_buffer.AsSpan(0, _end).StartsWith<byte>([0xef, 0xbb, 0xbf])) _start = 3;
    }
}
