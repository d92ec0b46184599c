using System.Globalization;

namespace OpenLedger.Engine.Retrieval;

/// <summary>Cuts a row into passages of whole sentences, and a sentence that is too long at words or, in the last resort, between graphemes. Knows nothing of meaning.</summary>
/// <param name="countTokens">How many tokens a text has for the model that will embed it.</param>
/// <param name="size">How long passages are.</param>
public sealed class Chunker(Func<string, int> countTokens, ChunkSize size)
{
    private readonly record struct Piece(int Start, int End, int Tokens);

    /// <summary>The row's passages in order. They cover every word of the body, and each is a stretch of the row's own text.</summary>
    public IReadOnlyList<Passage> Cut(PassageSource row)
    {
        List<Piece> passages = [];
        foreach (Piece piece in Pieces(row))
        {
            if (passages.Count > 0 && passages[^1].Tokens < size.Target && passages[^1].Tokens + piece.Tokens <= size.Most)
                passages[^1] = Joined(passages[^1], piece);
            else passages.Add(piece);
        }

        if (passages.Count > 1 && passages[^1].Tokens < size.Least && passages[^2].Tokens + passages[^1].Tokens <= size.Most)
        {
            passages[^2] = Joined(passages[^2], passages[^1]);
            passages.RemoveAt(passages.Count - 1);
        }

        return [.. passages.Select(piece => PassageOf(row, piece))];
    }

    private static Piece Joined(Piece first, Piece second) => first with { End = second.End, Tokens = first.Tokens + second.Tokens };

    private static Passage PassageOf(PassageSource row, Piece piece)
    {
        TextSpan span = TextSpan.Between(row.Text, piece.Start, piece.End);
        return new(row.RowId, span, span.Of(row.Text), row.Heading, row.Contributor);
    }

    private IEnumerable<Piece> Pieces(PassageSource row)
    {
        string body = row.Text[row.BodyStart..];
        foreach (TextSpan sentence in Sentences.Of(body))
        {
            string text = sentence.Of(body);
            int tokens = countTokens(text);
            IEnumerable<Piece> pieces = tokens <= size.Most ? [new(0, text.Length, tokens)] : Halves(text, 0, text.Length);
            foreach (Piece piece in pieces) yield return new(row.BodyStart + sentence.Start + piece.Start, row.BodyStart + sentence.Start + piece.End, piece.Tokens);
        }
    }

    // Halving keeps the pieces alike in length, and each cut is where a reader would breathe: at white space next to the middle.
    private IEnumerable<Piece> Halves(string text, int start, int end)
    {
        int tokens = countTokens(text[start..end]);
        int cut = tokens <= size.Most ? -1 : CutNear(text, start, end);
        if (cut < 0) return [new(start, end, tokens)];
        return Halves(text, start, cut).Concat(Halves(text, FirstInk(text, cut, end), end));
    }

    private static int CutNear(string text, int start, int end)
    {
        int middle = (start + end) / 2;
        for (int away = 0; away < (end - start) / 2 - 1; away++)
        {
            if (char.IsWhiteSpace(text[middle - away])) return middle - away;
            if (char.IsWhiteSpace(text[middle + away])) return middle + away;
        }

        int[] graphemes = StringInfo.ParseCombiningCharacters(text[start..end]);
        return graphemes.Length > 1 ? start + graphemes[graphemes.Length / 2] : -1;
    }

    private static int FirstInk(string text, int start, int end)
    {
        while (start < end - 1 && char.IsWhiteSpace(text[start])) start++;
        return start;
    }
}
