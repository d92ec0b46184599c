using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Retrieval;

/// <summary>Finds the passages of several Datanets that answer a question: by words and by meaning, fused. Knows nothing of models that answer.</summary>
public sealed class Retriever(EmbeddingModel model, IReadOnlyList<PassageIndex> indexes, RelevanceRule? rule = null)
{
    // Cormack, Clarke and Buettcher 2009, "Reciprocal Rank Fusion": 60 keeps one ranking's first place from deciding alone.
    private const double FusionConstant = 60;

    private readonly RelevanceRule _rule = rule ?? new();
    private readonly Bm25Statistics _statistics = new([.. indexes.Select(index => index.Words)]);

    private readonly record struct Candidate(int Index, int Number, double Bm25, double Cosine, double Fused);

    /// <summary>The relevant passages for a question, best first.</summary>
    /// <exception cref="ArgumentException">An index was made by another embedding model.</exception>
    public RetrievalResult Find(string question, RetrievalLimits? limits = null)
    {
        limits ??= new();
        if (indexes.FirstOrDefault(index => index.Model != model.Hash) is PassageIndex other)
            throw new ArgumentException($"the index of '{other.DatanetId}' was made by embedding model {other.Model}, questions are embedded by {model.Hash}");

        RetrievedPassage[] ranked = [.. Fused(question, limits).Select((candidate, i) => Retrieved(candidate, question, i + 1))];
        RetrievedPassage[] relevant = [.. ranked
            .Where(passage => _rule.Accepts(passage.Cosine, passage.Coverage))
            .GroupBy(passage => passage.Row).SelectMany(row => row.Take(limits.PerRow))
            .OrderBy(passage => passage.Rank).Take(limits.Passages)
            .Select((passage, i) => passage with { Rank = i + 1 })];
        return new(question, relevant, ranked.FirstOrDefault());
    }

    private List<Candidate> Fused(string question, RetrievalLimits limits)
    {
        float[] vector = model.Embed([question])[0];
        double[][] words = [.. indexes.Select(index => index.Words.Score(Terms.Of(question, index.Options.Analysis), _statistics))];
        float[][] meaning = [.. indexes.Select(index => index.Vectors.Score(vector))];
        Dictionary<(int, int), double> fused = [];
        AddRanks(fused, words, limits.Candidates, floor: 0);
        AddRanks(fused, meaning, limits.Candidates, floor: 0);
        return [.. fused
            .Select(entry => new Candidate(entry.Key.Item1, entry.Key.Item2, words[entry.Key.Item1][entry.Key.Item2], meaning[entry.Key.Item1][entry.Key.Item2], entry.Value))
            .OrderByDescending(candidate => candidate.Fused).ThenByDescending(candidate => candidate.Cosine)
            .ThenBy(candidate => candidate.Index).ThenBy(candidate => candidate.Number)];
    }

    private static void AddRanks<T>(Dictionary<(int, int), double> fused, T[][] scores, int most, T floor) where T : struct, IComparable<T>
    {
        IEnumerable<(int Index, int Number)> best = scores
            .SelectMany((of, index) => Ranking.Top<T>(of, most, floor).Select(number => (index, number)))
            .OrderByDescending(place => scores[place.index][place.number]).ThenBy(place => place).Take(most);
        foreach (((int, int) place, int rank) in best.Select((place, i) => (place, i + 1)))
            fused[place] = fused.GetValueOrDefault(place) + 1 / (FusionConstant + rank);
    }

    private RetrievedPassage Retrieved(Candidate candidate, string question, int rank)
    {
        PassageIndex index = indexes[candidate.Index];
        Passage passage = index.Passages[candidate.Number];
        return new(index.DatanetId, index.Root, passage, rank, candidate.Bm25, candidate.Cosine, candidate.Fused, Coverage(question, passage, index.Options.Analysis));
    }

    private double Coverage(string question, Passage passage, TextAnalysis analysis)
    {
        HashSet<string> held = [.. Terms.Of(passage.Indexed, analysis)];
        (string Term, double Worth)[] asked = [.. Terms.Of(question, analysis).Distinct().Select(term => (term, _statistics.Idf(term)))];
        double all = asked.Sum(term => term.Worth);
        return all > 0 ? asked.Where(term => held.Contains(term.Term)).Sum(term => term.Worth) / all : 0;
    }
}
