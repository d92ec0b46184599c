namespace OpenLedger.Engine.Serving;

/// <summary>Lets text through until a stop text comes, and holds back what may be the beginning of one. Knows nothing of tokens.</summary>
internal sealed class StopText(IReadOnlyList<string> stops)
{
    private string _held = "";

    public bool IsReached { get; private set; }

    /// <summary>Takes more text; what may be shown.</summary>
    public string Push(string text)
    {
        if (stops.Count == 0) return text;
        _held += text;
        int at = stops.Select(stop => _held.IndexOf(stop, StringComparison.Ordinal)).Where(found => found >= 0).DefaultIfEmpty(-1).Min();
        IsReached |= at >= 0;
        int safe = at >= 0 ? at : _held.Length - stops.Max(HeldFor);
        string shown = _held[..safe];
        _held = IsReached ? "" : _held[safe..];
        return shown;
    }

    /// <summary>No more text will come: what was held back.</summary>
    public string Flush()
    {
        (string rest, _held) = (_held, "");
        return rest;
    }

    private int HeldFor(string stop)
    {
        for (int length = Math.Min(stop.Length - 1, _held.Length); length > 0; length--)
            if (_held.EndsWith(stop[..length], StringComparison.Ordinal)) return length;
        return 0;
    }
}
