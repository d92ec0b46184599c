namespace OpenLedger.Engine.Retrieval;

/// <summary>Finds the longest runs of words that an answer repeats from passages. Knows nothing of support: a repeated run is a fact, whatever it means.</summary>
public static class SharedRuns
{
    /// <summary>Runs of at least this many words are found. Four words in a row are seldom chance, three often are ("is a rare").</summary>
    public const int LeastWords = 4;

    /// <summary>The runs in the answer's order, none overlapping: at each word the longest that begins there, first passage first.</summary>
    public static IReadOnlyList<SharedRun> Of(string answer, IReadOnlyList<Passage> passages)
    {
        IReadOnlyList<Word> said = WordRun.Of(answer);
        IReadOnlyList<Word>[] written = [.. passages.Select(passage => WordRun.Of(passage.Text))];
        ILookup<string, (int Passage, int At)> starts = written
            .SelectMany((words, p) => Enumerable.Range(0, Math.Max(0, words.Count - LeastWords + 1)).Select(at => (Passage: p, At: at)))
            .ToLookup(place => Key(written[place.Passage], place.At), StringComparer.Ordinal);
        List<SharedRun> runs = [];
        for (int i = 0; i + LeastWords <= said.Count;)
        {
            int best = 0;
            (int Passage, int At) where = default;
            foreach ((int Passage, int At) place in starts[Key(said, i)])
            {
                int length = Common(said, i, written[place.Passage], place.At);
                if (length > best) (best, where) = (length, place);
            }

            if (best > 0) runs.Add(RunOf(answer, said, i, best, passages[where.Passage], written[where.Passage], where));
            i += Math.Max(1, best);
        }

        return runs;
    }

    private static SharedRun RunOf(string answer, IReadOnlyList<Word> said, int i, int length, Passage passage, IReadOnlyList<Word> written, (int Passage, int At) where)
    {
        TextSpan inPassage = TextSpan.Between(passage.Text, written[where.At].Start, written[where.At + length - 1].End);
        return new(
            TextSpan.Between(answer, said[i].Start, said[i + length - 1].End), where.Passage,
            inPassage with { Start = passage.Span.Start + inPassage.Start, ByteStart = passage.Span.ByteStart + inPassage.ByteStart }, length);
    }

    private static string Key(IReadOnlyList<Word> words, int at) => string.Join(' ', Enumerable.Range(at, LeastWords).Select(i => words[i].Form));

    private static int Common(IReadOnlyList<Word> said, int i, IReadOnlyList<Word> written, int at)
    {
        int length = 0;
        while (i + length < said.Count && at + length < written.Count && said[i + length].Form == written[at + length].Form) length++;
        return length;
    }
}
