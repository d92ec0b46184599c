namespace OpenLedger.Engine.Retrieval;

/// <summary>Finds where sentences begin and end, in prose, lists and lines. Knows nothing of what they say.</summary>
/// <remarks>
/// A sentence ends at a line's end, at the ideographic stops, and at . ! ? before white space, unless the full stop belongs to an abbreviation, an
/// initial or the number of a list. A closing quote or bracket, and a citation mark like <c>[2]</c>, stay with the sentence before them.
/// </remarks>
public static class Sentences
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "dr", "mr", "mrs", "ms", "prof", "st", "jr", "sr", "vs", "etc", "e.g", "i.e", "cf", "al", "fig", "vol", "approx", "ca", "inc", "u.s", "sig", "dott", "ecc", "pag",
    };

    /// <summary>The sentences in order, without the white space between them; none of an empty text.</summary>
    public static IReadOnlyList<TextSpan> Of(string text)
    {
        List<TextSpan> found = [];
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (!EndsAt(text, start, i)) continue;
            int end = AfterClosing(text, i + 1);
            Add(text, start, end, found);
            start = end;
            i = end - 1;
        }

        Add(text, start, text.Length, found);
        return found;
    }

    private static bool EndsAt(string text, int start, int i) => text[i] switch
    {
        '\n' or '\r' or '\u2028' or '\u2029' or '\u3002' or '\uFF01' or '\uFF1F' => true,
        '!' or '?' => Breaks(text, i),
        '.' => Breaks(text, i) && !Abbreviates(text, start, i),
        _ => false,
    };

    // "Is it inherited ?)  Yes" ends at the question mark, "v1.2" nowhere, "bleeding.- Next" at the stop (folded lists lose their line ends).
    private static bool Breaks(string text, int i)
    {
        int next = AfterClosing(text, i + 1);
        return next >= text.Length || char.IsWhiteSpace(text[next]) || (text[next] == '-' && next + 1 < text.Length && text[next + 1] == ' ');
    }

    private static bool Abbreviates(string text, int start, int stop)
    {
        int word = stop;
        while (word > start && (char.IsLetterOrDigit(text[word - 1]) || text[word - 1] == '.')) word--;
        ReadOnlySpan<char> before = text.AsSpan(word, stop - word);
        if (stop + 1 >= text.Length) return false;
        bool initial = before.Length == 1 && char.IsUpper(before[0]);
        bool listNumber = before.Length is 1 or 2 && word == FirstInk(text, start) && before.IndexOfAnyExceptInRange('0', '9') < 0;
        return initial || listNumber || Abbreviations.Contains(before.ToString());
    }

    private static int AfterClosing(string text, int i)
    {
        while (i < text.Length && (text[i] is '"' or '\'' or ')' or ']' or '\u201D' or '\u2019' or '\u00BB' or '.' or '!' or '?')) i++;
        int mark = i;
        while (CitationEnd(text, mark) is int end) i = mark = end;
        return i;
    }

    // " [2]" or "[2]" right after a sentence is about that sentence.
    private static int? CitationEnd(string text, int i)
    {
        int open = i < text.Length && text[i] == ' ' ? i + 1 : i;
        if (open >= text.Length || text[open] != '[') return null;
        int close = open + 1;
        while (close < text.Length && char.IsAsciiDigit(text[close])) close++;
        return close > open + 1 && close < text.Length && text[close] == ']' ? close + 1 : null;
    }

    private static int FirstInk(string text, int start)
    {
        while (start < text.Length && char.IsWhiteSpace(text[start])) start++;
        return start;
    }

    private static void Add(string text, int start, int end, List<TextSpan> found)
    {
        start = FirstInk(text, start);
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        if (end <= start) return;
        // Bytes are counted on from the sentence before: one pass over the text, not one a sentence.
        TextSpan last = found.Count > 0 ? found[^1] : default;
        int gap = System.Text.Encoding.UTF8.GetByteCount(text.AsSpan(last.End, start - last.End));
        found.Add(new(start, end - start, last.ByteStart + last.ByteLength + gap, System.Text.Encoding.UTF8.GetByteCount(text.AsSpan(start, end - start))));
    }
}
