namespace OpenLedger.Studio.Features.Datanets;

/// <summary>What two texts share and where they differ, word by word (longest common subsequence). Knows no row.</summary>
public static class WordDiff
{
    private const int MostWords = 400;

    /// <summary>Runs of words in reading order. Texts past 400 words are compared as far as that.</summary>
    public static IReadOnlyList<DiffRun> Between(string before, string after)
    {
        string[] a = WordsOf(before);
        string[] b = WordsOf(after);
        int[,] longest = LongestFrom(a, b);
        List<DiffRun> runs = [];
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j]) Add(runs, DiffKind.Same, a[i], ref i, ref j);
            else if (j == b.Length || (i < a.Length && longest[i + 1, j] >= longest[i, j + 1])) Add(runs, DiffKind.Before, a[i++]);
            else Add(runs, DiffKind.After, b[j++]);
        }
        return runs;
    }

    private static string[] WordsOf(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords)];

    // longest[i, j]: how many words the rest from i and from j have in common, in order.
    private static int[,] LongestFrom(string[] a, string[] b)
    {
        int[,] longest = new int[a.Length + 1, b.Length + 1];
        for (int i = a.Length - 1; i >= 0; i--)
            for (int j = b.Length - 1; j >= 0; j--)
                longest[i, j] = a[i] == b[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        return longest;
    }

    private static void Add(List<DiffRun> runs, DiffKind kind, string word, ref int i, ref int j)
    {
        Add(runs, kind, word);
        i++;
        j++;
    }

    private static void Add(List<DiffRun> runs, DiffKind kind, string word)
    {
        if (runs is [.., DiffRun last] && last.Kind == kind) runs[^1] = last with { Text = $"{last.Text} {word}" };
        else runs.Add(new(kind, word));
    }
}

/// <summary>Words that both have, or only one.</summary>
public sealed record DiffRun(DiffKind Kind, string Text);

/// <summary>Whose words they are.</summary>
public enum DiffKind
{
    Same,
    Before,
    After,
}
