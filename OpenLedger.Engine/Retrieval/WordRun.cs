namespace OpenLedger.Engine.Retrieval;

/// <summary>The words of a text with their places. Knows nothing of sentences.</summary>
internal static class WordRun
{
    /// <summary>Runs of letters and digits, with apostrophes and hyphens between them; an ideograph is a word by itself.</summary>
    public static IReadOnlyList<Word> Of(string text)
    {
        List<Word> words = [];
        int i = 0;
        while (i < text.Length)
        {
            int start = i;
            if (IsIdeograph(text[i])) i++;
            else while (i < text.Length && IsPart(text, i, start)) i++;
            if (i > start) words.Add(new(start, i, text[start..i].ToLowerInvariant()));
            else i++;
        }

        return words;
    }

    private static bool IsIdeograph(char c) => c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF';

    // Halves of surrogate pairs count as letters: a letter outside the basic plane is never cut.
    private static bool IsPart(string text, int i, int start) =>
        (char.IsLetterOrDigit(text[i]) && !IsIdeograph(text[i])) || char.IsSurrogate(text[i]) || char.GetUnicodeCategory(text[i]) == System.Globalization.UnicodeCategory.NonSpacingMark
        || (i > start && text[i] is '\'' or '-' or '\u2019' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]));
}
