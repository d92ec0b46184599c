namespace OpenLedger.Engine.Tokenization;

/// <summary>What a byte-pair vocabulary does at its edges; names as in a tokenizer.json's <c>model</c>.</summary>
internal sealed record BpeOptions
{
    public string? UnknownToken { get; init; }

    public string? ContinuingPrefix { get; init; }

    public string? EndOfWordSuffix { get; init; }

    public bool FuseUnknown { get; init; }

    public bool ByteFallback { get; init; }

    /// <summary>A piece that is itself a token is that token, whatever the merges say (Llama 3).</summary>
    public bool IgnoreMerges { get; init; }
}
