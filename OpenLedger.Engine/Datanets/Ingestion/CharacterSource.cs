namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>Characters one by one with the line they stand on, some of which can be put back. Knows no format.</summary>
internal sealed class CharacterSource(TextReader text)
{
    private readonly char[] _buffer = new char[1 << 14];
    private int _at;
    private int _filled;
    private string _putBack = "";
    private int _putBackAt;

    /// <summary>The line of the next character, counted from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <returns>The next character, or -1 at the end.</returns>
    public int Peek()
    {
        if (_putBackAt < _putBack.Length) return _putBack[_putBackAt];
        if (_at == _filled)
        {
            _filled = text.Read(_buffer);
            _at = 0;
        }
        return _filled == 0 ? -1 : _buffer[_at];
    }

    /// <returns>The next character, which is then behind us, or -1 at the end.</returns>
    public int Read()
    {
        int next = Peek();
        if (next < 0) return next;
        if (_putBackAt < _putBack.Length) _putBackAt++;
        else _at++;
        if (next == '\n' || (next == '\r' && Peek() != '\n')) Line++;
        return next;
    }

    /// <summary>Puts what was read before in front of what comes.</summary>
    /// <param name="taken">The characters.</param>
    /// <param name="line">The line that the first of them stands on.</param>
    public void PutBack(string taken, int line)
    {
        _putBack = string.Concat(taken, _putBack.AsSpan(_putBackAt));
        _putBackAt = 0;
        Line = line;
    }
}
