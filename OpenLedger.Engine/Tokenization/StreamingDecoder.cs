using System.Text;

namespace OpenLedger.Engine.Tokenization;

/// <summary>
/// Turns ids into text as they arrive, and never shows half a character: what may still change waits. Special tokens are left out.
/// The pieces and the flushed rest add up to the decoding of all ids.
/// </summary>
public sealed class StreamingDecoder(Tokenizer tokenizer)
{
    private const char Unfinished = '\uFFFD';

    private readonly List<int> _window = []; // the ids whose text may still matter to the next one
    private string _shown = ""; // what of the window's text was given out
    private int _shownIds;

    /// <summary>Takes one id; the text that is now certain, or nothing.</summary>
    public string Push(int id)
    {
        if (_shown.Length == 0 && _window.Count > 0) TakeWindowAsShown();
        _window.Add(id);
        string text = Decode();
        if (text.Length <= _shown.Length || text[^1] == Unfinished) return "";
        string fresh = Behind(text);
        int kept = _window.Count - _shownIds;
        _window.RemoveRange(0, _shownIds);
        (_shown, _shownIds) = (Decode(), kept);
        return fresh;
    }

    /// <summary>No more ids will come: whatever was held back, an unfinished character as U+FFFD.</summary>
    public string Flush()
    {
        string text = Decode(), rest = Behind(text);
        if (!text.StartsWith(_shown, StringComparison.Ordinal)) rest = rest.TrimEnd(Unfinished); // only signs of what broke off
        _window.Clear();
        (_shown, _shownIds) = ("", 0);
        return rest;
    }

    // A run of byte tokens that turns out to be no text becomes one U+FFFD a byte, also where its first bytes were shown as text: that stays shown, and the rest goes on.
    private string Behind(string text)
    {
        int same = text.AsSpan().CommonPrefixLength(_shown);
        if (same == _shown.Length) return text[same..];
        int spoiled = Encoding.UTF8.GetByteCount(_shown.AsSpan(same)), skipped = same;
        while (skipped < text.Length && skipped - same < spoiled && text[skipped] == Unfinished) skipped++;
        return text[skipped..];
    }

    private void TakeWindowAsShown()
    {
        string text = Decode();
        if (text.EndsWith(Unfinished)) return;
        (_shown, _shownIds) = (text, _window.Count);
    }

    private string Decode() => tokenizer.Decode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_window));
}
