using System.Text;

namespace OpenLedger.Engine.Tokenization;

/// <summary>
/// NFC, NFD, NFKC, NFKD (UAX #15) with alignment as the tokenizers library counts it: a composed character counts as made from its first part,
/// a part that decomposition adds counts as made where the output then stands.
/// </summary>
internal static class UnicodeNormalization
{
    private const char Refused = '\uFFFE'; // .NET's own normalization throws at it

    public static Normalizer Form(NormalizationForm form) => text => Normalize(text, form);

    public static AlignedText Normalize(AlignedText text, NormalizationForm form)
    {
        if (IsNormalized(text.Value, form)) return text;
        AlignedTextBuilder output = new(text.Value.Length);
        foreach ((Piece part, bool stays) in Parts(text, form))
        {
            if (stays) output.Append(part);
            else Normalize(part, form, output);
        }
        return output.ToText();
    }

    private static bool IsNormalized(string text, NormalizationForm form) => !text.Contains(Refused, StringComparison.Ordinal) && text.IsNormalized(form);

    // Below U+0300 no character combines with what stands before it, so a text may be cut there; what the library does not know stays as it is.
    private static IEnumerable<(Piece Part, bool Stays)> Parts(AlignedText text, NormalizationForm form)
    {
        int start = 0, at = 0;
        foreach (Rune rune in text.Value.EnumerateRunes())
        {
            bool stays = Stays(rune, form);
            if (at > start && (stays || rune.Value < 0x300))
            {
                yield return (new Piece(text, start, at - start), false);
                start = at;
            }
            at += rune.Utf16SequenceLength;
            if (!stays) continue;
            yield return (new Piece(text, start, at - start), true);
            start = at;
        }
        if (at > start) yield return (new Piece(text, start, at - start), false);
    }

    private static bool Stays(Rune rune, NormalizationForm form) => rune.Value >= 0x300
        && (rune.Value == Refused || OlderUnicode.Marks.Contains(rune.Value) || OlderUnicode.CanonicalForms.Contains(rune.Value) || (form is NormalizationForm.FormKC or NormalizationForm.FormKD && OlderUnicode.CompatibilityForms.Contains(rune.Value)));

    private static void Normalize(Piece part, NormalizationForm form, AlignedTextBuilder output)
    {
        string source = part.Span.ToString();
        if (source.IsNormalized(form)) { output.Append(part); return; }
        List<TextRange> sources = SourcesByCharacter(part);
        List<(Rune Rune, int Change)> decomposed = Decompose(source, form);
        bool composes = form is NormalizationForm.FormC or NormalizationForm.FormKC;
        int consumed = 0; // how many source characters stand before the output so far
        foreach (Rune rune in source.Normalize(form).EnumerateRunes())
        {
            int change = composes ? TakeParts(rune, decomposed) : Take(rune, decomposed);
            output.Append(rune, sources[Math.Clamp(change > 0 ? consumed - 1 : consumed, 0, sources.Count - 1)]);
            if (change <= 0) consumed += 1 - change;
        }
    }

    private static List<TextRange> SourcesByCharacter(Piece part)
    {
        List<TextRange> sources = [];
        int unit = part.Start;
        foreach (Rune rune in part.Span.EnumerateRunes())
        {
            sources.Add(part.Text.SourceOf(unit));
            unit += rune.Utf16SequenceLength;
        }
        return sources;
    }

    // Each decomposed character with 1 if it was added, 0 if it stands for its source.
    private static List<(Rune Rune, int Change)> Decompose(string source, NormalizationForm form)
    {
        NormalizationForm full = form is NormalizationForm.FormKC or NormalizationForm.FormKD ? NormalizationForm.FormKD : NormalizationForm.FormD;
        List<(Rune, int)> parts = [];
        foreach (Rune rune in source.EnumerateRunes())
        {
            int change = 0;
            foreach (Rune part in rune.ToString().Normalize(full).EnumerateRunes()) { parts.Add((part, change)); change = 1; }
        }
        return parts;
    }

    private static int TakeParts(Rune composed, List<(Rune Rune, int Change)> decomposed)
    {
        int change = 1;
        foreach (Rune part in composed.ToString().Normalize(NormalizationForm.FormD).EnumerateRunes()) change += Take(part, decomposed) - 1;
        return change;
    }

    private static int Take(Rune rune, List<(Rune Rune, int Change)> decomposed)
    {
        int at = decomposed.FindIndex(part => part.Rune == rune);
        if (at < 0) return 0;
        int change = decomposed[at].Change;
        decomposed.RemoveAt(at);
        return change;
    }
}
