namespace OpenLedger.Engine.Retrieval;

/// <summary>How rare terms are in one or several indexes taken as one collection. Knows nothing of single documents.</summary>
public sealed class Bm25Statistics(IReadOnlyList<Bm25> indexes)
{
    private readonly long _count = indexes.Sum(index => (long)index.Count);

    /// <summary>Terms in a document, on average; 1 where there is no document.</summary>
    public double AverageLength { get; } = Math.Max(1, indexes.Sum(index => index.Terms) / (double)Math.Max(1, indexes.Sum(index => (long)index.Count)));

    /// <summary>What a term is worth: the rarer the more, and most where no document holds it.</summary>
    public double Idf(string term)
    {
        double holding = indexes.Sum(index => (long)index.Holding(term));
        return Math.Log(1 + (_count - holding + 0.5) / (holding + 0.5));
    }
}
