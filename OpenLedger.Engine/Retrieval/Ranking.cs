namespace OpenLedger.Engine.Retrieval;

/// <summary>The best of many scores, best first. Knows nothing of what was scored.</summary>
internal static class Ranking
{
    /// <summary>The numbers of the <paramref name="most"/> largest scores above <paramref name="floor"/>, ties by ascending number.</summary>
    public static IReadOnlyList<int> Top<T>(ReadOnlySpan<T> scores, int most, T floor) where T : struct, IComparable<T>
    {
        // A heap of the best so far, its worst on top: one comparison for nearly every score.
        PriorityQueue<int, (T Score, int Number)> best = new(Comparer<(T Score, int Number)>.Create((x, y) => x.Score.CompareTo(y.Score) is not 0 and int order ? order : y.Number.CompareTo(x.Number)));
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i].CompareTo(floor) <= 0) continue;
            if (best.Count < most) best.Enqueue(i, (scores[i], i));
            else if (best.TryPeek(out _, out (T Score, int Number) worst) && scores[i].CompareTo(worst.Score) > 0) best.EnqueueDequeue(i, (scores[i], i));
        }

        int[] ranked = new int[best.Count];
        for (int i = ranked.Length - 1; i >= 0; i--) ranked[i] = best.Dequeue();
        return ranked;
    }
}
