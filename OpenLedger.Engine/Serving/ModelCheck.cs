namespace OpenLedger.Engine.Serving;

/// <summary>What a model showed when it was tried here. Knows nothing of where it came from.</summary>
public sealed record ModelCheck
{
    /// <summary>As its files name it.</summary>
    public required string Family { get; init; }

    /// <summary>Longest context, in tokens.</summary>
    public required int Context { get; init; }

    /// <summary>Numbers in its weights.</summary>
    public required long Parameters { get; init; }

    /// <summary>Whether text becomes tokens and the same text again.</summary>
    public required bool KeepsText { get; init; }

    /// <summary>What came back where it does not.</summary>
    public string? ChangedText { get; init; }

    /// <summary>Where its words were read from, if not from what is usual: a <c>tokenizer.model</c>.</summary>
    public string? WordsFrom { get; init; }

    /// <summary>Whether it brought its own chat template; otherwise its family's custom is used.</summary>
    public required bool HasTemplate { get; init; }

    /// <summary>What it wrote when it was asked a question: the first tokens only.</summary>
    public required string Sample { get; init; }

    /// <summary>Tokens in <see cref="Sample"/>.</summary>
    public required int Tokens { get; init; }

    public required double TokensPerSecond { get; init; }

    /// <summary>From the files to the first question, in seconds.</summary>
    public required double LoadSeconds { get; init; }

    /// <summary>By how much the process grew while it was loaded and answered, in bytes; at least the weights.</summary>
    public required long MemoryBytes { get; init; }
}
