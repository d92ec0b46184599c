using System.Text;
using System.Text.RegularExpressions;
using OpenLedger.Engine.Records;

namespace OpenLedger.Benchmarks;

/// <summary>The sample's questions as somebody else would ask them. Knows nothing of rows.</summary>
internal static class Rephrased
{
    private static readonly HashSet<string> QuestionWords = new(StringComparer.OrdinalIgnoreCase) { "what", "which", "does", "have", "about", "information", "there", "many", "related" };

    // Patterns of MedQuAD's questions, and a way to ask that shares the subject and, where it can be helped, nothing else.
    private static readonly (Regex Pattern, string Other)[] Patterns =
    [
        (new("^What (?:are|is) the symptoms of (.+)$"), "how do I notice {0}"),
        (new("^What (?:are|is) the (?:stages) of (.+)$"), "how far can {0} have spread"),
        (new("^What (?:are|is) the treatments? for (.+)$"), "how do doctors treat {0}"),
        (new("^What (?:are|is) the (?:outlook|prognosis) for (.+)$"), "will I get better from {0}"),
        (new("^What (?:are|is) the genetic changes related to (.+)$"), "which gene is mutated in {0}"),
        (new("^What (?:are|is) the complications of (.+)$"), "what else can go wrong with {0}"),
        (new("^What research \\(or clinical trials\\) is being done for (.+)$"), "are scientists studying {0}"),
        (new("^What to do for (.+)$"), "what should I eat with {0}"),
        (new("^What causes (.+)$"), "why do people get {0}"),
        (new("^Who is at risk for (.+)$"), "who gets {0}"),
        (new("^How many people are affected by (.+)$"), "how common is {0}"),
        (new("^How to diagnose (.+)$"), "which tests show {0}"),
        (new("^How to prevent (.+)$"), "how can I avoid {0}"),
        (new("^How to get (.+)$"), "where do I find {0}"),
        (new("^Is (.+) inherited$"), "will my children have {0} too"),
        (new("^Do you have information about (.+)$"), "I want to read on {0}"),
        (new("^What (?:is|are) (.+)$"), "explain {0} to me"),
    ];

    /// <summary>Without small words and question words, and with every fourth of the rest gone while two remain: what people type into a search box. The same in every run.</summary>
    public static string Shortened(string question)
    {
        string[] words = [.. question.TrimEnd('?', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 3 && !QuestionWords.Contains(word))];
        string[] kept = [.. words.Where((word, i) => Sha256Hash.Of(Encoding.UTF8.GetBytes($"{question} {i}")).ToBytes()[0] % 4 != 0)];
        return string.Join(' ', kept.Length >= 2 ? kept : words);
    }

    /// <summary>In other words; null for a question of no known pattern.</summary>
    public static string? InOtherWords(string question)
    {
        string bare = question.TrimEnd('?', ' ');
        foreach ((Regex pattern, string other) in Patterns)
            if (pattern.Match(bare) is { Success: true } match) return string.Format(System.Globalization.CultureInfo.InvariantCulture, other, match.Groups[1].Value);
        return null;
    }
}
