using System.Text;

namespace OpenLedger.Engine.Tokenization;

/// <summary>WordPiece (Wu et al. 2016, BERT): the longest token that fits, again and again; a word that cannot be cut up is unknown as a whole.</summary>
internal sealed class WordPieceModel(Dictionary<string, int> vocabulary, string unknownToken, string continuingPrefix, int longestWord) : SubwordModel(vocabulary)
{
    private readonly int _unknown = vocabulary.TryGetValue(unknownToken, out int id) ? id : throw new TokenizerException($"the vocabulary lacks its own unknown token '{unknownToken}'");

    public override void Tokenize(string piece, List<ModelToken> output)
    {
        int already = output.Count;
        if (CountCharacters(piece) <= longestWord && TryCut(piece, output)) return;
        output.RemoveRange(already, output.Count - already);
        output.Add(new ModelToken(_unknown, unknownToken, new TextRange(0, Encoding.UTF8.GetByteCount(piece))));
    }

    private static int CountCharacters(string piece)
    {
        int count = 0;
        foreach (Rune _ in piece.EnumerateRunes()) count++;
        return count;
    }

    private bool TryCut(string piece, List<ModelToken> output)
    {
        int start = 0, startByte = 0;
        while (start < piece.Length)
        {
            int end = piece.Length;
            while (end > start && !Has(piece, start, end)) end -= char.IsLowSurrogate(piece[end - 1]) && end - 2 >= start ? 2 : 1;
            if (end == start) return false;
            string token = (start > 0 ? continuingPrefix : "") + piece[start..end];
            int endByte = startByte + Encoding.UTF8.GetByteCount(piece.AsSpan(start, end - start));
            output.Add(new ModelToken(Vocabulary[token], token, new TextRange(startByte, endByte)));
            (start, startByte) = (end, endByte);
        }
        return true;
    }

    private bool Has(string piece, int start, int end) => Vocabulary.ContainsKey((start > 0 ? continuingPrefix : "") + piece[start..end]);
}
