using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Evaluation;

/// <summary>Shared words, pairs of words and the longest common thread of words, as F-measures (Lin, 2004). Equal to rouge-score without its stemmer. Counts Latin letters and digits only.</summary>
public static partial class Rouge
{
    /// <summary>Shared runs of <paramref name="size"/> words.</summary>
    public static double N(string answer, string expected, int size)
    {
        string[] said = Words(answer), wanted = Words(expected);
        int shared = NGrams.Shared(NGrams.Count(said, size), NGrams.Count(wanted, size));
        return Measure(shared, Math.Max(0, said.Length - size + 1), Math.Max(0, wanted.Length - size + 1));
    }

    /// <summary>The longest common subsequence.</summary>
    public static double L(string answer, string expected)
    {
        string[] said = Words(answer), wanted = Words(expected);
        return Measure(LongestCommon(said, wanted), said.Length, wanted.Length);
    }

    private static double Measure(int shared, int said, int wanted) => shared == 0 ? 0 : 2.0 * shared / (said + wanted);

    private static int LongestCommon(string[] one, string[] other)
    {
        int[] row = new int[other.Length + 1];
        foreach (string word in one)
        {
            int diagonal = 0;
            for (int j = 1; j <= other.Length; j++)
                (diagonal, row[j]) = (row[j], word == other[j - 1] ? diagonal + 1 : Math.Max(row[j], row[j - 1]));
        }
        return row[^1];
    }

    private static string[] Words(string text) => NotWord().Split(text.ToLowerInvariant()).Where(word => word.Length > 0).ToArray();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotWord();
}
