namespace OpenLedger.Engine.Tokenization;

/// <summary>What a tokenizer is put together from, whatever file described it.</summary>
internal sealed record TokenizerParts(SubwordModel Model)
{
    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    public Normalizer? Normalizer { get; init; }

    public PreTokenizer? PreTokenizer { get; init; }

    /// <summary>The pieces go to the vocabulary as GPT-2's stand-ins for their bytes, written last of all.</summary>
    public bool WritesBytes { get; init; }

    public PostProcessor? PostProcessor { get; init; }

    public Decoder? Decoder { get; init; }
}
