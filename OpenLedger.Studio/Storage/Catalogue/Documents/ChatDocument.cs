using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Storage.Catalogue.Documents;

/// <summary>One conversation: its turns, and how they were asked for.</summary>
public sealed record ChatDocument : CatalogueDocument
{
    /// <summary>The person, or a guest's cookie id.</summary>
    public required string Owner { get; init; }

    public required string Title { get; init; }

    public required ChatSettings Settings { get; init; }

    public IReadOnlyList<ChatMessage> Messages { get; init; } = [];

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Created { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Updated { get; init; }
}

/// <summary>What the next answer will be asked for with.</summary>
public sealed record ChatSettings
{
    public required string ModelId { get; init; }

    /// <summary>A second model to answer beside the first.</summary>
    public string? CompareWith { get; init; }

    public string SystemPrompt { get; init; } = "";

    public double Temperature { get; init; } = 0.7;

    public double TopP { get; init; } = 0.95;

    public int MaxTokens { get; init; } = 256;

    public long? Seed { get; init; }

    public bool UsePassages { get; init; }

    public IReadOnlyList<string> DatanetIds { get; init; } = [];
}

/// <summary>One turn of a conversation.</summary>
public sealed record ChatMessage
{
    public required string Id { get; init; }

    /// <summary>The turn this one follows; an edit or a second answer makes a brother.</summary>
    public string? ParentId { get; init; }

    /// <summary><c>user</c> or <c>assistant</c>.</summary>
    public required string Role { get; init; }

    public string Text { get; init; } = "";

    public required MessageState State { get; init; }

    public string? ModelId { get; init; }

    public string? ReceiptId { get; init; }

    /// <summary>The answer it stands beside, where two models were asked the same.</summary>
    public string? Beside { get; init; }

    /// <summary>What the person thought of it: good, bad, or nothing said.</summary>
    public bool? IsGood { get; init; }

    /// <summary>Why there is no answer, in words for people.</summary>
    public string? Error { get; init; }

    public int TokensIn { get; init; }

    public int TokensOut { get; init; }

    public double? TokensPerSecond { get; init; }

    /// <summary>Milliseconds.</summary>
    public long? FirstToken { get; init; }

    public Wei Fee { get; init; }

    /// <summary>Passages and support, as JSON of the feature that wrote them.</summary>
    public string? Citations { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Created { get; init; }
}

/// <summary>Where an answer stands. <c>Waiting -> Streaming -> Done | Stopped | Failed</c>.</summary>
public enum MessageState
{
    Waiting,
    Streaming,
    Done,
    Stopped,
    Failed,
}
