using System.Text;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.It;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace OpenLedger.Engine.Retrieval;

/// <summary>Turns a text into search terms. Knows nothing of rows and scores.</summary>
public static class Terms
{
    // Lucene's analysers keep their parts a thread apart by themselves.
    private static readonly EnglishAnalyzer EnglishTerms = new(LuceneVersion.LUCENE_48);
    private static readonly ItalianAnalyzer ItalianTerms = new(LuceneVersion.LUCENE_48);

    /// <summary>The terms in order, repeated where the text repeats them.</summary>
    public static IReadOnlyList<string> Of(string text, TextAnalysis analysis) => analysis switch
    {
        TextAnalysis.Plain => Plain(text),
        TextAnalysis.English => Analyzed(text, EnglishTerms),
        TextAnalysis.Italian => Analyzed(text, ItalianTerms),
    };

    private static List<string> Plain(string text)
    {
        List<string> terms = [];
        StringBuilder word = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool ideograph = rune.Value is >= 0x3040 and <= 0x30FF or >= 0x3400 and <= 0x9FFF or >= 0x20000 and <= 0x3FFFF;
            bool part = Rune.IsLetterOrDigit(rune) && !ideograph;
            if (part) word.Append(Rune.ToLowerInvariant(rune).ToString());
            if (!part && word.Length > 0) { terms.Add(word.ToString()); word.Clear(); }
            if (ideograph) terms.Add(rune.ToString());
        }

        if (word.Length > 0) terms.Add(word.ToString());
        return terms;
    }

    private static List<string> Analyzed(string text, Analyzer analyzer)
    {
        List<string> terms = [];
        using TokenStream stream = analyzer.GetTokenStream("text", text);
        ICharTermAttribute term = stream.AddAttribute<ICharTermAttribute>();
        stream.Reset();
        while (stream.IncrementToken()) terms.Add(term.ToString());
        stream.End();
        return terms;
    }
}
