using System.Text.Json.Serialization;

namespace OpenLedger.Engine.Training;

/// <summary>A row as token ids, with a mark on each token that is to be learned. Knows nothing of text.</summary>
/// <param name="Id">The row's id in its Datanet.</param>
/// <param name="Ids">Token ids in order.</param>
/// <param name="Learned">For each token, whether the model is taught to say it. The first token has nothing before it and never counts.</param>
public sealed record EncodedRow(string Id, int[] Ids, bool[] Learned)
{
    /// <summary>The same question with an answer that was not preferred; null where none was compared.</summary>
    public EncodedRow? Rejected { get; init; }

    /// <summary>Whether the answer got a thumb up (true) or down (false); null where it got none.</summary>
    public bool? Liked { get; init; }

    /// <summary>What the last answer answers, for people to read; null for a text.</summary>
    [JsonIgnore]
    public string? Question { get; init; }

    /// <summary>Tokens to be read, those of a rejected answer's text too.</summary>
    [JsonIgnore]
    public int Tokens => Ids.Length + (Rejected?.Ids.Length ?? 0);

    /// <summary>How many tokens are learned from.</summary>
    [JsonIgnore]
    public int LearnedTokens { get; } = Learned.Skip(1).Count(learned => learned);

    /// <summary>The tokens before the last stretch that is learned: what generation starts from.</summary>
    [JsonIgnore]
    public ReadOnlySpan<int> Prompt => Ids.AsSpan(0, LastAnswer);

    /// <summary>The last stretch that is learned.</summary>
    [JsonIgnore]
    public ReadOnlySpan<int> Answer => Ids.AsSpan(LastAnswer);

    private int LastAnswer => Math.Max(1, Array.LastIndexOf(Learned, false) + 1);
}
