namespace OpenLedger.Benchmarks;

/// <summary>How much of a text is quoted from another: its runs of three words that stand there too. Rewards quoting, not understanding.</summary>
internal static class ThreeGrams
{
    /// <summary>The share of the text's word 3-grams that the source holds; 0 for fewer than three words.</summary>
    public static double ShareIn(string text, string source)
    {
        HashSet<string> held = [.. Of(source)];
        string[] found = [.. Of(text)];
        return found.Length == 0 ? 0 : found.Count(held.Contains) / (double)found.Length;
    }

    private static IEnumerable<string> Of(string text)
    {
        string[] words = [.. text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('.', ',', ';', ':', '(', ')', '"', '?', '!'))];
        return Enumerable.Range(0, Math.Max(0, words.Length - 2)).Select(i => $"{words[i]} {words[i + 1]} {words[i + 2]}");
    }
}
