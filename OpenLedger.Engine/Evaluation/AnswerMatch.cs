using System.Text;
using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Evaluation;

/// <summary>Whether an answer says what was expected: exactly, or by shared words, as SQuAD 1.1 counts (Rajpurkar et al., 2016). Knows no model.</summary>
public static partial class AnswerMatch
{
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";   // Python's string.punctuation

    /// <summary>1 where both are equal without case, punctuation, articles and extra spaces; else 0.</summary>
    public static double Exact(string answer, string expected) => Normalized(answer) == Normalized(expected) ? 1 : 0;

    /// <summary>Harmonic mean of the share of the answer's words that were expected and of the expected words that are there.</summary>
    public static double F1(string answer, string expected)
    {
        string[] said = Words(answer), wanted = Words(expected);
        if (said.Length == 0 || wanted.Length == 0) return said.Length == wanted.Length ? 1 : 0;
        int shared = NGrams.Shared(NGrams.Count(said, 1), NGrams.Count(wanted, 1));
        return shared == 0 ? 0 : 2.0 * shared / (said.Length + wanted.Length);
    }

    private static string[] Words(string text) => Normalized(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Normalized(string text)
    {
        StringBuilder plain = new(text.Length);
        foreach (char c in text.ToLowerInvariant())
        {
            if (!Punctuation.Contains(c)) plain.Append(c);
        }
        return string.Join(' ', Article().Replace(plain.ToString(), " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [GeneratedRegex(@"\b(a|an|the)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Article();
}
