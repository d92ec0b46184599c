using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Training;

/// <summary>Turns rows into token ids by the model's own chat template, and marks what the assistant says. Knows nothing of tensors.</summary>
/// <remarks>Prompt and answer are tokenised apart: that is where generation will start, so no token may straddle the boundary.</remarks>
public sealed class RowEncoder(Tokenizer tokenizer, ChatTemplate template, string? bos, string? eos, int sequenceLength)
{
    private readonly string[] _controls = [.. tokenizer.AddedTokens.Where(token => token.Special && token.Content.Length > 1).Select(token => token.Content)];

    /// <summary>Encodes a row; a conversation is learned where the assistant speaks (its closing mark included), a text throughout.</summary>
    public RowEncoding Encode(DatanetRow row) =>
        Forged(row) is string control ? RowEncoding.Skip($"it spells the base's control token '{control}'")
        : row.Text is string text ? EncodeText(row.Id, text)
        : row.Turns.All(turn => turn.Role != ChatTurn.Assistant) ? RowEncoding.Skip("it has no answer to learn")
        : EncodeTurns(row.Id, row.Turns);

    /// <summary>The tokens from which the model answers these turns.</summary>
    public int[] EncodePrompt(IReadOnlyList<ChatTurn> turns) => tokenizer.Encode(template.Render(turns, true, bos, eos));

    // A row that could end a turn and begin another would teach what its contributor never said.
    private string? Forged(DatanetRow row) =>
        _controls.FirstOrDefault(control => row.Turns.Select(turn => turn.Content).Append(row.Text ?? "").Any(text => text.Contains(control, StringComparison.Ordinal)));

    private RowEncoding EncodeText(string id, string text)
    {
        Segments segments = new(tokenizer);
        segments.Add(text + eos, learned: true);
        return Cut(id, segments);
    }

    private RowEncoding EncodeTurns(string id, IReadOnlyList<ChatTurn> turns)
    {
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
            segments.Add(answered[asked.Length..], learned: true);
            written = answered;
        }
        return Cut(id, segments);
    }

    private RowEncoding Cut(string id, Segments segments)
    {
        EncodedRow row = segments.ToRow(id, sequenceLength);
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
