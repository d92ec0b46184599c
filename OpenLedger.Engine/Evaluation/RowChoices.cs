using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tokenization;
using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Evaluation;

/// <summary>Rows as multiple choice: a row's own answer among those of three other rows, by likelihood a character. Writes nothing.</summary>
internal sealed class RowChoices
{
    private const int Others = 3;
    private const int AnswerTokens = 48;   // the beginning of an answer tells it from others; the rest only costs time
    private readonly EncodedRow[] _rows;
    private readonly int[][] _candidates;
    private readonly string[] _texts;

    public RowChoices(EncodedRow[] rows, Tokenizer tokenizer, int seed)
    {
        _rows = rows;
        _texts = [.. rows.Select(row => tokenizer.Decode(Beginning(row)))];
        Random random = new(seed);
        _candidates = [.. rows.Select((_, i) => Pick(random, i))];
    }

    /// <summary>Whether there are rows enough to take others' answers from.</summary>
    public static bool CanAsk(EncodedRow[] rows) => rows.Length > Others;

    /// <summary>Whether the model finds the row's own answer likeliest.</summary>
    public bool IsRight(LanguageModel model, LoraWeights? adapter, int row)
    {
        int[] candidates = _candidates[row];
        Continuation[] scores = [.. candidates.Select(other => Continuation.Score(model, adapter, _rows[row].Prompt, Beginning(_rows[other])))];
        return candidates[MultipleChoice.Of(scores, [.. candidates.Select(other => _texts[other])]).PickByLength] == row;
    }

    private static ReadOnlySpan<int> Beginning(EncodedRow row) => row.Answer[..Math.Min(AnswerTokens, row.Answer.Length)];

    private int[] Pick(Random random, int row)
    {
        int[] others = [.. Enumerable.Range(0, _rows.Length).Where(other => other != row)];
        random.Shuffle(others);
        return [row, .. others[..Others]];
    }
}
