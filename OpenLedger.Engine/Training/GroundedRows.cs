using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Retrieval;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Training;

/// <summary>Builds from a Datanet the rows that teach a model to answer from passages: question, right passage among others, an answer that quotes it. Trains nothing.</summary>
/// <remarks>
/// RAFT's idea (Zhang et al., arXiv 2403.10131) at the size of a small model. Passages are cut as retrieval will cut them, and half of the wrong ones are
/// those that retrieval would bring: near in words.
/// </remarks>
public sealed class GroundedRows
{
    private readonly Tokenizer _tokenizer;
    private readonly GroundedOptions _options;
    private readonly QuestionRow[] _rows;
    private readonly Distractors _distractors;

    /// <param name="rows">The Datanet's rows; those that do not ask and answer once are left out.</param>
    /// <param name="tokenizer">Of the base that will learn: passages and answers are measured in its tokens.</param>
    /// <param name="options">How many, how long.</param>
    public GroundedRows(IReadOnlyList<DatanetRow> rows, Tokenizer tokenizer, GroundedOptions options)
    {
        (_tokenizer, _options) = (tokenizer, options);
        Chunker chunker = new(Tokens, new ChunkSize());
        _rows = [.. rows.Select(row => QuestionRow.Of(row, chunker)).OfType<QuestionRow>()];
        _distractors = new Distractors(_rows);
    }

    /// <summary>Rows that can be used here.</summary>
    public int Usable => _rows.Length;

    /// <summary>One row for each question row, in a seeded order, under the question row's own id and contributor.</summary>
    public IReadOnlyList<DatanetRow> Build()
    {
        SeededOrder order = new((ulong)SeededOrder.Mix(_options.Seed, _rows.Length));
        return [.. order.Shuffle(_rows).Take(_options.Rows).Select(row => Ground(row, order))];
    }

    private DatanetRow Ground(QuestionRow row, SeededOrder order)
    {
        bool answered = order.Share() >= _options.RefusalShare;
        int count = 1 + order.Below(_options.MaxPassages);
        Passage right = row.Passages[order.Share() < _options.FirstPassageShare ? 0 : order.Below(row.Passages.Count)];
        IEnumerable<Passage> wrong = _distractors.For(row, answered ? count - 1 : count, order);
        List<Passage> shown = order.Shuffle(answered ? wrong.Append(right) : wrong);
        string answer = answered ? Quote(right) : GroundedPrompt.Refusal;
        return row.Row with { Turns = [.. GroundedPrompt.Turns(row.Question, [.. shown.Select(p => p.Indexed)]), new ChatTurn(ChatTurn.Assistant, answer)] };
    }

    // Whole sentences as long as they fit; a first one that does not is cut at a word.
    private string Quote(Passage passage)
    {
        int end = 0;
        foreach (TextSpan sentence in Sentences.Of(passage.Text))
        {
            if (Tokens(passage.Text[..sentence.End]) > _options.AnswerTokens) break;
            end = sentence.End;
        }
        return GroundedPrompt.Shorten(end > 0 ? passage.Text[..end] : FirstWords(passage.Text));
    }

    private string FirstWords(string text)
    {
        int end = text.Length;
        while (end > 0 && Tokens(text[..end]) > _options.AnswerTokens) end = text.LastIndexOf(' ', end - 1);
        return end > 0 ? text[..end] : text;
    }

    private int Tokens(string text) => _tokenizer.Encode(text).Length;
}
