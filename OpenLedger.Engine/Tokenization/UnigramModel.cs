using System.Text;

namespace OpenLedger.Engine.Tokenization;

/// <summary>The unigram language model of Kudo (2018): of all ways to cut a piece, the most probable, by Viterbi; runs of unknown characters fuse.</summary>
internal sealed class UnigramModel : SubwordModel
{
    private const double UnknownPenalty = 10; // SentencePiece's kUnkPenalty

    private readonly PieceTrie _trie = new();
    private readonly double[] _scores;
    private readonly double _unknownScore;
    private readonly int? _unknown;
    private readonly bool _byteFallback;

    public UnigramModel(IReadOnlyList<(string Text, double Score)> pieces, int? unknown, bool byteFallback) : base(Index(pieces))
    {
        if (unknown >= pieces.Count) throw new TokenizerException($"the unknown token's id {unknown} lies outside the {pieces.Count} tokens");
        _scores = [.. pieces.Select(piece => piece.Score)];
        (_unknown, _byteFallback) = (unknown, byteFallback);
        _unknownScore = (_scores.Length == 0 ? 0 : _scores.Min()) - UnknownPenalty;
        foreach ((string text, int id) in Vocabulary) _trie.Add(text, id);
    }

    private struct Step
    {
        public double Score;
        public int From; // -1: not reached
        public int Id; // -1: unknown
    }

    public override void Tokenize(string piece, List<ModelToken> output)
    {
        int at = 0;
        foreach ((int start, int end) in BestCut(piece))
        {
            string text = piece[start..end];
            int length = Encoding.UTF8.GetByteCount(text);
            Emit(text, new TextRange(at, at + length), output);
            at += length;
        }
    }

    private static Dictionary<string, int> Index(IReadOnlyList<(string Text, double Score)> pieces)
    {
        Dictionary<string, int> index = new(pieces.Count);
        for (int id = 0; id < pieces.Count; id++) index[pieces[id].Text] = id;
        return index;
    }

    private void Emit(string text, TextRange bytes, List<ModelToken> output)
    {
        if (Vocabulary.TryGetValue(text, out int id)) { output.Add(new ModelToken(id, text, bytes)); return; }
        string[] byteTokens = _byteFallback ? [.. Encoding.UTF8.GetBytes(text).Select(ByteToken)] : [];
        if (byteTokens.Length > 0 && byteTokens.All(Vocabulary.ContainsKey))
        {
            foreach (string token in byteTokens) output.Add(new ModelToken(Vocabulary[token], token, bytes));
            return;
        }
        output.Add(new ModelToken(_unknown ?? throw new TokenizerException($"'{text}' is no token, and the vocabulary names no unknown token"), text, bytes));
    }

    private List<(int Start, int End)> BestCut(string piece)
    {
        Step[] steps = new Step[piece.Length + 1];
        for (int i = 1; i < steps.Length; i++) steps[i].From = -1;
        for (int at = 0; at < piece.Length;)
        {
            int character = char.IsHighSurrogate(piece[at]) && at + 1 < piece.Length ? 2 : 1;
            bool single = false;
            foreach ((int length, int id) in _trie.Prefixes(piece, at))
            {
                Improve(steps, at, length, _scores[id], id);
                single |= length == character;
            }
            if (!single) Improve(steps, at, character, _unknownScore, -1);
            at += character;
        }
        return WalkBack(steps, piece.Length);
    }

    private static void Improve(Step[] steps, int at, int length, double score, int id)
    {
        ref Step target = ref steps[at + length];
        double total = steps[at].Score + score;
        if (target.From >= 0 && total <= target.Score) return;
        target = new Step { Score = total, From = at, Id = id };
    }

    private List<(int Start, int End)> WalkBack(Step[] steps, int end)
    {
        List<(int Start, int End)> cut = [];
        bool afterUnknown = false;
        while (end > 0)
        {
            Step step = steps[end];
            bool unknown = step.Id < 0 || step.Id == _unknown;
            if (unknown && afterUnknown) cut[^1] = (step.From, cut[^1].End);
            else cut.Add((step.From, end));
            afterUnknown = unknown;
            end = step.From;
        }
        cut.Reverse();
        return cut;
    }
}
