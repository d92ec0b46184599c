using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Training;

/// <summary>A row as the model reads it, in stretches that it learns to say and stretches that it only reads. Knows nothing of ids.</summary>
/// <param name="Row">The row's id.</param>
/// <param name="Tokens">How many tokens it has.</param>
/// <param name="LearnedTokens">How many of them are learned from.</param>
/// <param name="Stretches">The text in order.</param>
public sealed record LearnedText(string Row, int Tokens, int LearnedTokens, IReadOnlyList<LearnedStretch> Stretches)
{
    /// <summary>Writes an encoded row out again, control tokens included.</summary>
    public static LearnedText Of(EncodedRow row, Tokenizer tokenizer)
    {
        List<LearnedStretch> stretches = [];
        for (int start = 0, end; start < row.Ids.Length; start = end)
        {
            end = start + 1;
            while (end < row.Ids.Length && row.Learned[end] == row.Learned[start]) end++;
            stretches.Add(new(tokenizer.Decode(row.Ids.AsSpan(start, end - start), skipSpecialTokens: false), row.Learned[start]));
        }
        return new(row.Id, row.Ids.Length, row.LearnedTokens, stretches);
    }
}

/// <summary>Text of neighbouring tokens with one mark.</summary>
public sealed record LearnedStretch(string Text, bool Learned);
