namespace OpenLedger.Engine.Serving;

/// <summary>One answer that is asked for. Knows nothing of who asks.</summary>
/// <param name="Prompt">The prompt's token ids.</param>
public sealed record GenerationRequest(IReadOnlyList<int> Prompt)
{
    /// <summary>How tokens are chosen.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Most tokens to write. Default 256.</summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>Texts that end the answer; they are not part of it.</summary>
    public IReadOnlyList<string> Stops { get; init; } = [];

    /// <summary>The adapter that answers; null for the bare base.</summary>
    public ServedAdapter? Adapter { get; init; }

    /// <summary>A bonus for going on with passages.</summary>
    public PassageBias? Bias { get; init; }

    /// <summary>Context-aware decoding.</summary>
    public ContextContrast? Contrast { get; init; }

    /// <summary>Whether each token's log-probability under the model is wanted.</summary>
    public bool WithLogProbabilities { get; init; }
}
