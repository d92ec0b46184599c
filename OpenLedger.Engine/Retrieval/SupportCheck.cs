using System.Numerics.Tensors;
using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Retrieval;

/// <summary>Holds each sentence of an answer against the passages that the model was given. Knows nothing of the model, and trusts nothing that it says of itself.</summary>
/// <remarks>
/// A sentence is supported when it shares enough word 3-grams with one passage, or fewer and is near to one of its sentences in meaning, and when that
/// passage has every number the sentence names and denies neither more nor less than it. It is no proof: a sentence can be quoted out of its context.
/// </remarks>
public sealed class SupportCheck(EmbeddingModel model, SupportRule? rule = null, IReadOnlyList<string>? refusals = null)
{
    private static readonly HashSet<string> Denials = new(StringComparer.Ordinal)
    {
        "no", "not", "never", "none", "without", "cannot", "neither", "nor", "non", "senza", "mai", "nessun", "nessuno", "nessuna",
    };

    private readonly SupportRule _rule = rule ?? new();
    private readonly HashSet<string> _refusals = [.. (refusals ?? []).Select(Folded)];

    private sealed record Sentence(TextSpan Span, IReadOnlyList<Word> Words, float[] Vector);

    private sealed record Written(IReadOnlyList<Word> Words, HashSet<string> Grams, IReadOnlyList<Sentence> Sentences);

    /// <summary>Checks an answer. Citation marks that the model wrote itself should be taken out before (<see cref="PlaceCitations.Without"/>).</summary>
    public AnswerSupport Check(string answer, IReadOnlyList<RetrievedPassage> passages)
    {
        IReadOnlyList<TextSpan> said = Sentences.Of(answer);
        IReadOnlyList<TextSpan>[] written = [.. passages.Select(passage => Sentences.Of(passage.Passage.Text))];
        // One call embeds everything, so that short texts fill whole batches.
        Queue<float[]> vectors = new(model.Embed([.. said.Select(span => span.Of(answer)), .. passages.SelectMany((passage, p) => written[p].Select(span => span.Of(passage.Passage.Text)))]));
        Sentence[] sentences = [.. said.Select(span => SentenceOf(answer, span, vectors.Dequeue()))];
        Written[] sources = [.. passages.Select((passage, p) => WrittenOf(passage.Passage.Text, written[p], vectors))];
        return new(answer, passages, [.. sentences.Select(sentence => Support(answer, sentence, passages, sources))], SharedRuns.Of(answer, [.. passages.Select(passage => passage.Passage)]));
    }

    private SentenceSupport Support(string answer, Sentence sentence, IReadOnlyList<RetrievedPassage> passages, Written[] sources)
    {
        string text = sentence.Span.Of(answer);
        if (sentence.Words.Count == 0 || text.EndsWith('?') || text.EndsWith(':') || _refusals.Contains(Folded(text)))
            return new(sentence.Span, SupportVerdict.NothingClaimed, null, null, 0, 0, sentence.Words.Count);

        SentenceSupport best = new(sentence.Span, SupportVerdict.NotSupported, null, null, 0, -1, sentence.Words.Count);
        for (int p = 0; p < sources.Length; p++)
        {
            SentenceSupport here = Against(sentence, passages[p].Passage, sources[p], p);
            if (Better(here, best)) best = here;
        }

        return best;
    }

    // Supported comes before not supported in the enum; within a verdict the larger sum of overlap and cosine is nearer, and the earlier passage wins a tie.
    private static bool Better(SentenceSupport here, SentenceSupport best) =>
        here.Verdict != best.Verdict ? here.Verdict < best.Verdict : here.Overlap + here.Cosine > best.Overlap + best.Cosine;

    private SentenceSupport Against(Sentence sentence, Passage passage, Written source, int number)
    {
        double overlap = Overlap(sentence.Words, source);
        (Sentence? nearest, double cosine) = Nearest(sentence, source.Sentences);
        bool supported = _rule.Accepts(overlap, cosine) && HasNumbers(sentence, source) && DeniesAlike(sentence, nearest);
        TextSpan evidence = nearest is null ? passage.Span : Shifted(nearest.Span, passage.Span);
        return new(sentence.Span, supported ? SupportVerdict.Supported : SupportVerdict.NotSupported, number, evidence, overlap, cosine, sentence.Words.Count);
    }

    private static double Overlap(IReadOnlyList<Word> words, Written source)
    {
        string[] grams = [.. Grams(words, Math.Min(3, words.Count))];
        if (words.Count >= 3) return grams.Count(source.Grams.Contains) / (double)grams.Length;
        HashSet<string> shorter = [.. Grams(source.Words, words.Count)];
        return grams.Count(shorter.Contains) / (double)grams.Length;
    }

    private static IEnumerable<string> Grams(IReadOnlyList<Word> words, int n) =>
        Enumerable.Range(0, Math.Max(0, words.Count - n + 1)).Select(i => string.Join(' ', Enumerable.Range(i, n).Select(w => words[w].Form)));

    private static (Sentence? Nearest, double Cosine) Nearest(Sentence sentence, IReadOnlyList<Sentence> among)
    {
        (Sentence? Nearest, double Cosine) best = (null, -1);
        foreach (Sentence other in among)
            if (TensorPrimitives.Dot(sentence.Vector, other.Vector) is float cosine && cosine > best.Cosine) best = (other, cosine);
        return best;
    }

    private static bool HasNumbers(Sentence sentence, Written source) =>
        sentence.Words.Where(word => word.Form.Any(char.IsDigit)).All(word => source.Words.Any(other => other.Form == word.Form));

    private static bool DeniesAlike(Sentence sentence, Sentence? nearest) => nearest is null || Denies(sentence) == Denies(nearest);

    private static bool Denies(Sentence sentence) =>
        sentence.Words.Count(word => Denials.Contains(word.Form) || word.Form.EndsWith("n't", StringComparison.Ordinal) || word.Form.EndsWith("n\u2019t", StringComparison.Ordinal)) % 2 == 1;

    private static Sentence SentenceOf(string text, TextSpan span, float[] vector) => new(span, WordRun.Of(span.Of(text)), vector);

    private static Written WrittenOf(string text, IReadOnlyList<TextSpan> sentences, Queue<float[]> vectors)
    {
        IReadOnlyList<Word> words = WordRun.Of(text);
        return new(words, [.. Grams(words, 3)], [.. sentences.Select(span => SentenceOf(text, span, vectors.Dequeue()))]);
    }

    private static TextSpan Shifted(TextSpan span, TextSpan by) => span with { Start = by.Start + span.Start, ByteStart = by.ByteStart + span.ByteStart };

    private static string Folded(string text) => string.Join(' ', WordRun.Of(text).Select(word => word.Form));
}
