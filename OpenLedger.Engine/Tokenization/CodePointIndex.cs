namespace OpenLedger.Engine.Tokenization;

/// <summary>Turns places in a text from UTF-16 units into Unicode code points and back.</summary>
public sealed class CodePointIndex
{
    private readonly int[]? _points; // code points before each unit; null: as many as units

    public CodePointIndex(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0) return;
        _points = new int[text.Length + 1];
        for (int i = 0; i < text.Length; i++)
            _points[i + 1] = _points[i] + (i > 0 && char.IsSurrogatePair(text[i - 1], text[i]) ? 0 : 1);
    }

    /// <summary>From UTF-16 units to code points.</summary>
    public TextRange Range(TextRange units) => _points is null ? units : new TextRange(_points[units.Start], _points[units.End]);

    /// <summary>From code points to UTF-16 units.</summary>
    public TextRange Units(TextRange points) => _points is null ? points : new TextRange(UnitOf(points.Start), UnitOf(points.End));

    // The last unit of a pair counts the pair once, so the first place with the count is where the character starts.
    private int UnitOf(int point)
    {
        int at = Array.BinarySearch(_points!, point);
        while (at > 0 && _points![at - 1] == point) at--;
        if (at + 1 < _points!.Length && _points[at + 1] == point) at++;
        return at;
    }
}
