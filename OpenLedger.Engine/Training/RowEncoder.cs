using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Training;

/// <summary>Turns rows into token ids by the model's own chat template, and marks what an objective learns of them. Knows nothing of tensors.</summary>
/// <remarks>Prompt and answer are tokenised apart: that is where generation will start, so no token may straddle the boundary.</remarks>
public sealed class RowEncoder(Tokenizer tokenizer, ChatTemplate template, string? bos, string? eos, int sequenceLength, ObjectiveKind objective = ObjectiveKind.EveryAnswer)
{
    private readonly string[] _controls = [.. tokenizer.AddedTokens.Where(token => token.Special && token.Content.Length > 1).Select(token => token.Content)];

    /// <summary>Encodes a row. A conversation is learned where the assistant speaks (its closing mark included); a text throughout.</summary>
    public RowEncoding Encode(DatanetRow row) => Forged(row) is string control ? RowEncoding.Skip($"it spells the base's control token '{control}'") : objective switch
    {
        ObjectiveKind.WholeText => EncodePieces(row),
        ObjectiveKind.EveryAnswer or ObjectiveKind.LastAnswer => row.Text is string text ? EncodeText(row.Id, text) : EncodeAnswers(row),
        ObjectiveKind.Preference or ObjectiveKind.OddsRatio => EncodePair(row),
        ObjectiveKind.Thumbs => EncodeMarked(row),
    };

    /// <summary>The tokens from which the model answers these turns.</summary>
    public int[] EncodePrompt(IReadOnlyList<ChatTurn> turns) => tokenizer.Encode(template.Render(turns, true, bos, eos));

    // A row that could end a turn and begin another would teach what its contributor never said.
    private string? Forged(DatanetRow row) =>
        _controls.FirstOrDefault(control => row.Turns.Select(turn => turn.Content).Append(row.Text ?? "").Append(row.Rejected ?? "").Any(text => text.Contains(control, StringComparison.Ordinal)));

    private RowEncoding EncodeText(string id, string text)
    {
        Segments segments = new(tokenizer);
        segments.Add(text + eos, learned: true);
        return Cut(id, segments);
    }

    // A text longer than a row goes on in further ones: a model that reads on loses nothing of it.
    private RowEncoding EncodePieces(DatanetRow row)
    {
        int[] ids = tokenizer.Encode(row.AsPassageText() + eos);
        EncodedRow[] pieces = [.. ids.Chunk(sequenceLength).Where(piece => piece.Length > 1).Select(piece => new EncodedRow(row.Id, piece, [.. piece.Select(_ => true)]))];
        return pieces.Length > 0 ? RowEncoding.Of(pieces) : RowEncoding.Skip("it has no text");
    }

    private RowEncoding EncodeAnswers(DatanetRow row) =>
        row.Liked == false ? RowEncoding.Skip("its answer got a thumb down")
        : row.Turns.All(turn => turn.Role != ChatTurn.Assistant) ? RowEncoding.Skip("it has no answer to learn")
        : EncodeTurns(row.Id, row.Turns, lastOnly: objective == ObjectiveKind.LastAnswer);

    private RowEncoding EncodePair(DatanetRow row)
    {
        if (row.Rejected is not string rejected || !EndsInAnswer(row)) return RowEncoding.Skip("it has no second answer to compare with");
        RowEncoding chosen = EncodeTurns(row.Id, row.Turns, lastOnly: true);
        RowEncoding other = EncodeTurns(row.Id, [.. row.Turns.SkipLast(1), new ChatTurn(ChatTurn.Assistant, rejected)], lastOnly: true);
        if (chosen.Row is null || other.Row is null) return chosen.Row is null ? chosen : other;
        if (chosen.Row.Ids.AsSpan().SequenceEqual(other.Row.Ids)) return RowEncoding.Skip($"within {sequenceLength} tokens its two answers are the same");
        return RowEncoding.Of(chosen.Row with { Rejected = other.Row });
    }

    private RowEncoding EncodeMarked(DatanetRow row)
    {
        if (row.Liked is not bool liked || !EndsInAnswer(row)) return RowEncoding.Skip("its answer got no thumb");
        RowEncoding encoded = EncodeTurns(row.Id, row.Turns, lastOnly: true);
        return encoded.Row is null ? encoded : RowEncoding.Of(encoded.Row with { Liked = liked });
    }

    private static bool EndsInAnswer(DatanetRow row) => row.Turns is [.., { Role: ChatTurn.Assistant }];

    private RowEncoding EncodeTurns(string id, IReadOnlyList<ChatTurn> turns, bool lastOnly)
    {
        int last = turns.Select((turn, i) => turn.Role == ChatTurn.Assistant ? i : -1).Max();
        Segments segments = new(tokenizer);
        string written = "";
        for (int i = 0; i < turns.Count; i++)
        {
            if (turns[i].Role != ChatTurn.Assistant) continue;
            string asked = template.Render([.. turns.Take(i)], true, bos, eos);
            string answered = template.Render([.. turns.Take(i + 1)], false, bos, eos);
            if (!asked.StartsWith(written, StringComparison.Ordinal) || !answered.StartsWith(asked, StringComparison.Ordinal))
                return RowEncoding.Skip("the base's chat template rewrites earlier turns, so that the answer cannot be told apart");
            segments.Add(asked[written.Length..], learned: false);
            segments.Add(answered[asked.Length..], learned: i == last || !lastOnly);
            written = answered;
        }
        return Cut(id, segments, turns.Take(last).LastOrDefault(turn => turn.Role == ChatTurn.User)?.Content);
    }

    private RowEncoding Cut(string id, Segments segments, string? question = null)
    {
        EncodedRow row = segments.ToRow(id, sequenceLength) with { Question = question };
        return row.LearnedTokens > 0
            ? RowEncoding.Of(row)
            : RowEncoding.Skip($"its answer begins after the first {sequenceLength} tokens");
    }

    private sealed class Segments(Tokenizer tokenizer)
    {
        private readonly List<int> _ids = [];
        private readonly List<bool> _learned = [];

        public void Add(string text, bool learned)
        {
            int[] ids = tokenizer.Encode(text);
            _ids.AddRange(ids);
            _learned.AddRange(Enumerable.Repeat(learned, ids.Length));
        }

        public EncodedRow ToRow(string id, int limit) => new(id, [.. _ids.Take(limit)], [.. _learned.Take(limit)]);
    }
}
