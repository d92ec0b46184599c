namespace OpenLedger.Engine.Retrieval;

/// <summary>Scores documents by the query's terms they hold (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework", 3.3). Knows nothing of meaning.</summary>
/// <remarks>
/// idf = ln(1 + (N - df + .5) / (df + .5)); a term adds idf * tf / (tf + k1 (1 - b + b length / average)), lengths exact, without the factor (k1 + 1),
/// which orders nothing. A term that the query repeats counts each time.
/// </remarks>
public sealed class Bm25(double k1 = 1.2, double b = 0.75)
{
    private readonly Dictionary<string, List<(int Document, int Count)>> _postings = new(StringComparer.Ordinal);
    private readonly List<int> _lengths = [];

    /// <summary>Documents added so far.</summary>
    public int Count => _lengths.Count;

    /// <summary>Adds a document; its number is how many there were before it.</summary>
    public void Add(IReadOnlyList<string> terms)
    {
        foreach ((string term, int count) in terms.CountBy(term => term, StringComparer.Ordinal))
        {
            if (!_postings.TryGetValue(term, out List<(int, int)>? list)) _postings[term] = list = [];
            list.Add((Count, count));
        }

        Terms += terms.Count;
        _lengths.Add(terms.Count);
    }

    /// <summary>How many documents hold a term.</summary>
    public int Holding(string term) => _postings.TryGetValue(term, out List<(int, int)>? list) ? list.Count : 0;

    /// <summary>Terms in all documents together.</summary>
    public long Terms { get; private set; }

    /// <summary>Every document's score, by its number.</summary>
    /// <param name="query">The query's terms.</param>
    /// <param name="statistics">The collection that terms are rare in: this index alone, or it and those searched beside it, whose scores then compare.</param>
    public double[] Score(IReadOnlyList<string> query, Bm25Statistics? statistics = null)
    {
        statistics ??= new([this]);
        double[] scores = new double[Count];
        foreach (string term in query)
        {
            if (!_postings.TryGetValue(term, out List<(int Document, int Count)>? list)) continue;
            double idf = statistics.Idf(term);
            foreach ((int document, int count) in list)
                scores[document] += idf * count / (count + k1 * (1 - b + b * _lengths[document] / statistics.AverageLength));
        }

        return scores;
    }
}
