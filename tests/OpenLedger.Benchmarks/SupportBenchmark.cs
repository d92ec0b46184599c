using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Retrieval;

namespace OpenLedger.Benchmarks;

/// <summary>How well supported sentences are told from others: a passage's own sentences, altered, and sentences of the passages most like it.</summary>
internal static class SupportBenchmark
{
    private const int Passages = 120;

    public static IEnumerable<Figure> Run(EmbeddingModel model, PassageIndex index)
    {
        SupportCheck check = new(model);
        // Neighbours are only neighbours if nothing is turned down.
        Retriever retriever = new(model, [index], new RelevanceRule(-1, -9, 0));
        List<SentenceSupport> quoted = [], shortened = [], neighbours = [];
        foreach (Passage passage in index.Passages.Where((_, i) => i % (index.Passages.Count / Passages) == 0))
        {
            RetrievedPassage given = Given(passage, index);
            string[] own = SentencesOf(passage.Text);
            if (own.Length == 0) continue;
            string other = retriever.Find(own[0], new RetrievalLimits(10, 1)).Passages.Where(found => found.Passage.Heading != passage.Heading).SelectMany(found => SentencesOf(found.Passage.Text)).FirstOrDefault(text => !passage.Text.Contains(text, StringComparison.Ordinal)) ?? "";
            quoted.AddRange(check.Check(own[0], [given]).Sentences);
            shortened.AddRange(check.Check(EveryFifthDropped(own[0]), [given]).Sentences);
            neighbours.AddRange(check.Check(other, [given]).Sentences);
        }

        yield return new("retrieval.support_quoted", Supported(quoted), "share", "higher", $"{quoted.Count} sentences as they stand in the passage", Bar: 0.99);
        yield return new("retrieval.support_shortened", Supported(shortened), "share", "higher", "the same with every fifth word dropped", Bar: 0.8);
        yield return new("retrieval.support_neighbours", Supported(neighbours), "share", "lower", "sentences of the row most like it, held against the wrong passage", Bar: 0.1);
    }

    private static double Supported(List<SentenceSupport> sentences) => sentences.Average(sentence => sentence.Verdict == SupportVerdict.Supported ? 1.0 : 0);

    private static RetrievedPassage Given(Passage passage, PassageIndex index) => new(index.DatanetId, Sha256Hash.Of("version"u8), passage, 1, 0, 0, 0.03, 1);

    private static string[] SentencesOf(string text) =>
        [.. Sentences.Of(text).Select(span => span.Of(text)).Where(sentence => sentence.Split(' ').Length >= 6 && !sentence.EndsWith('?') && !sentence.EndsWith(':'))];

    private static string EveryFifthDropped(string sentence) => string.Join(' ', sentence.Split(' ').Where((_, i) => i % 5 != 3));
}
