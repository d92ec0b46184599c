using System.Globalization;
using System.Text;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Datanets.Duplicates;

/// <summary>What a text comes down to when case, form, punctuation and spacing are no difference. Knows no row.</summary>
public static class RowFingerprint
{
    /// <summary>Equal for texts that are exact duplicates: SHA-256 over the words.</summary>
    public static Sha256Hash Of(string text) => Sha256Hash.Of(Encoding.UTF8.GetBytes(string.Join(' ', WordsOf(text))));

    /// <summary>Words in lower case, in compatibility form (NFKC): runs of letters, digits and marks; of a text without any, its signs.</summary>
    public static IReadOnlyList<string> WordsOf(string text)
    {
        string plain = text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        List<string> words = [];
        int start = -1;
        for (int i = 0; i <= plain.Length; i++)
        {
            bool inWord = i < plain.Length && IsOfWord(plain[i]);
            if (inWord && start < 0) start = i;
            if (inWord || start < 0) continue;
            words.Add(plain[start..i]);
            start = -1;
        }
        return words.Count > 0 ? words : [plain.Trim()];
    }

    private static bool IsOfWord(char c) =>
        char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
