namespace OpenLedger.Engine.Evaluation;

/// <summary>Counts runs of words or letters, and what two counts share. Knows no measure.</summary>
internal static class NGrams
{
    private const char Between = '\u001f';   // in no token: tokens are cut at white space

    /// <summary>How often each run of <paramref name="size"/> neighbours occurs.</summary>
    public static Dictionary<string, int> Count(IReadOnlyList<string> tokens, int size)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        for (int i = 0; i + size <= tokens.Count; i++)
        {
            string gram = string.Join(Between, Enumerable.Range(i, size).Select(at => tokens[at]));
            counts[gram] = counts.GetValueOrDefault(gram) + 1;
        }
        return counts;
    }

    /// <summary>How many runs both have, each as often as the one that has it less.</summary>
    public static int Shared(Dictionary<string, int> one, Dictionary<string, int> other) => one.Sum(gram => Math.Min(gram.Value, other.GetValueOrDefault(gram.Key)));
}
