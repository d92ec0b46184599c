namespace OpenLedger.Engine.Training;

/// <summary>A text whose tokens' log-probabilities are wanted, and which of them are its answer. Holds no tensors.</summary>
/// <param name="Row">The text; its learned tokens are the wanted ones.</param>
/// <param name="Answer">By token.</param>
internal sealed record ScoredText(EncodedRow Row, bool[] Answer)
{
    /// <summary>Only the answer's tokens.</summary>
    public static ScoredText AnswerOf(EncodedRow row) => new(row, row.Learned);

    /// <summary>Every token, the question's too.</summary>
    public static ScoredText Whole(EncodedRow row) => new(row with { Learned = [.. row.Learned.Select(_ => true)] }, row.Learned);

    /// <summary>The question of one row with the answer of another: a pair that nobody wrote.</summary>
    public static ScoredText Mismatched(EncodedRow asked, EncodedRow answered)
    {
        ReadOnlySpan<int> prompt = asked.Prompt, answer = answered.Answer;
        bool[] learned = new bool[prompt.Length + answer.Length];
        learned.AsSpan(prompt.Length).Fill(true);
        return AnswerOf(new EncodedRow(asked.Id, [.. prompt, .. answer], learned));
    }
}
