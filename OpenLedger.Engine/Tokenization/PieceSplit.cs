namespace OpenLedger.Engine.Tokenization;

/// <summary>Splits a piece at matches, gaps kept: what lies between two matches is a piece of its own.</summary>
internal static class PieceSplit
{
    /// <summary>Adds the parts of <paramref name="piece"/>; matches are ranges within it, ascending and apart.</summary>
    public static void Split(Piece piece, List<TextRange> matches, bool invert, SplitBehavior behavior, List<Piece> output)
    {
        if (piece.Length == 0) return;
        List<(TextRange Range, bool IsMatch)> parts = new(matches.Count * 2 + 1);
        int done = 0;
        foreach (TextRange match in matches)
        {
            if (match.Start > done) parts.Add((new TextRange(done, match.Start), invert));
            parts.Add((match, !invert));
            done = match.End;
        }
        if (done < piece.Length) parts.Add((new TextRange(done, piece.Length), invert));
        foreach (TextRange range in Join(parts, behavior))
            if (range.Length > 0) output.Add(piece.Slice(range));
    }

    private static IEnumerable<TextRange> Join(List<(TextRange Range, bool IsMatch)> parts, SplitBehavior behavior) => behavior switch
    {
        SplitBehavior.Removed => parts.Where(part => !part.IsMatch).Select(part => part.Range),
        SplitBehavior.Isolated => parts.Select(part => part.Range),
        SplitBehavior.MergedWithPrevious => JoinBackwards(parts),
        SplitBehavior.MergedWithNext => JoinForwards(parts),
        SplitBehavior.Contiguous => JoinAlike(parts),
    };

    // A match joins what stands before it, unless that ended with a match too.
    private static List<TextRange> JoinBackwards(List<(TextRange Range, bool IsMatch)> parts)
    {
        List<TextRange> joined = [];
        bool afterMatch = false;
        foreach ((TextRange range, bool isMatch) in parts)
        {
            if (isMatch && !afterMatch && joined.Count > 0) joined[^1] = joined[^1] with { End = range.End };
            else joined.Add(range);
            afterMatch = isMatch;
        }
        return joined;
    }

    private static List<TextRange> JoinForwards(List<(TextRange Range, bool IsMatch)> parts)
    {
        List<TextRange> joined = [];
        bool beforeMatch = false;
        for (int i = parts.Count - 1; i >= 0; i--)
        {
            (TextRange range, bool isMatch) = parts[i];
            if (isMatch && !beforeMatch && joined.Count > 0) joined[^1] = joined[^1] with { Start = range.Start };
            else joined.Add(range);
            beforeMatch = isMatch;
        }
        joined.Reverse();
        return joined;
    }

    private static List<TextRange> JoinAlike(List<(TextRange Range, bool IsMatch)> parts)
    {
        List<TextRange> joined = [];
        bool? last = null;
        foreach ((TextRange range, bool isMatch) in parts)
        {
            if (isMatch == last) joined[^1] = joined[^1] with { End = range.End };
            else joined.Add(range);
            last = isMatch;
        }
        return joined;
    }
}
