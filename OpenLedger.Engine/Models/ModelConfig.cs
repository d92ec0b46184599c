namespace OpenLedger.Engine.Models;

/// <summary>How hidden states are normalised: root mean square, the same with 1 added to the weight (Gemma), or layer normalisation.</summary>
public enum NormKind { Rms, RmsPlusOne, Layer }

/// <summary>How a token learns where it stands.</summary>
public enum PositionKind { Rotary, Alibi, Learned }

/// <summary>The non-linearity of the feed-forward part. GeluTanh is the tanh approximation, QuickGelu x·sigmoid(1.702x).</summary>
public enum Activation { Silu, Gelu, GeluTanh, QuickGelu, Relu, Tanh }

/// <summary>How attention and feed-forward join the residual stream.</summary>
public enum ResidualShape
{
    /// <summary>One after the other (LLaMA).</summary>
    Sequential,

    /// <summary>Both read the same normalised input and are added together (Falcon).</summary>
    Parallel,
}

/// <summary>How query, key and value leave one fused linear layer.</summary>
public enum FusedLayout
{
    /// <summary>They have a layer each.</summary>
    None,

    /// <summary>All queries, then all keys, then all values (GPT-2, ChatGLM).</summary>
    Blocks,

    /// <summary>Group after group: the group's queries, its key, its value (BLOOM, Falcon).</summary>
    Groups,
}

/// <summary>Everything that tells one decoder from another. Holds no weights and no names of them.</summary>
public sealed record ModelConfig
{
    /// <summary>The family as its files name it (<c>llama</c>, <c>qwen2</c>).</summary>
    public required string Family { get; init; }

    /// <summary>Tokens in the vocabulary: rows of the embedding.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Width of the residual stream.</summary>
    public required int Width { get; init; }

    /// <summary>Decoder layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads: equal to <see cref="Heads"/>, fewer (grouped) or one.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Width of a head.</summary>
    public required int HeadWidth { get; init; }

    /// <summary>Width inside the feed-forward part.</summary>
    public required int Inner { get; init; }

    /// <summary>Longest context the model was made for, in tokens.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>The norm.</summary>
    public NormKind Norm { get; init; }

    /// <summary>Added to the variance.</summary>
    public double NormEpsilon { get; init; } = 1e-6;

    /// <summary>Whether attention's and feed-forward's outputs are normalised too (Gemma 2, GLM-4).</summary>
    public bool NormAfter { get; init; }

    /// <summary>Whether queries and keys are normalised per head (Qwen 3, Gemma 3).</summary>
    public bool NormQueryKey { get; init; }

    /// <summary>Whether the embedding is normalised (BLOOM).</summary>
    public bool NormEmbedding { get; init; }

    /// <summary>Positions.</summary>
    public PositionKind Positions { get; init; }

    /// <summary>Rotation of queries and keys, where positions are rotary.</summary>
    public RotaryConfig? Rotary { get; init; }

    /// <summary>Another rotation on layers with a window (Gemma 3); null for the same.</summary>
    public RotaryConfig? WindowRotary { get; init; }

    /// <summary>Falcon scales its ALiBi bias like the scores and rounds it to bfloat16.</summary>
    public bool AlibiAsFalcon { get; init; }

    /// <summary>What query-key products are multiplied by; null for 1/sqrt(head width).</summary>
    public double? AttentionScale { get; init; }

    /// <summary>Whether scores are divided by the layer's number as well (GPT-2's option).</summary>
    public bool ScaleByLayer { get; init; }

    /// <summary>Scores are squashed to ±this by tanh; null for not.</summary>
    public double? AttentionCap { get; init; }

    /// <summary>How many tokens back a windowed layer sees, itself included; null for all.</summary>
    public int? Window { get; init; }

    /// <summary>Which layers have the window, one entry a layer; empty for all of them.</summary>
    public IReadOnlyList<bool> WindowLayers { get; init; } = [];

    /// <summary>Query, key and value in one linear layer, or not.</summary>
    public FusedLayout Fused { get; init; }

    /// <summary>DeepSeek's compressed attention; null for the usual one.</summary>
    public LatentConfig? Latent { get; init; }

    /// <summary>Whether the feed-forward part is gated: down(act(gate(x)) * up(x)).</summary>
    public bool Gated { get; init; } = true;

    /// <summary>Whether gate and up are one linear layer, gate first (GLM).</summary>
    public bool FusedGate { get; init; }

    /// <summary>The non-linearity.</summary>
    public Activation Activation { get; init; }

    /// <summary>A mixture of experts; null for none.</summary>
    public MixtureConfig? Mixture { get; init; }

    /// <summary>How the parts join.</summary>
    public ResidualShape Residual { get; init; }

    /// <summary>Whether a parallel layer has a norm for each part (Falcon 40B).</summary>
    public bool TwoParallelNorms { get; init; }

    /// <summary>Whether the residual is taken after the norm (an option of BLOOM).</summary>
    public bool ResidualAfterNorm { get; init; }

    /// <summary>What the embedding is multiplied by.</summary>
    public double EmbeddingScale { get; init; } = 1;

    /// <summary>Logits are squashed to ±this by tanh; null for not.</summary>
    public double? LogitCap { get; init; }

    /// <summary>Whether the output layer is the embedding.</summary>
    public bool TiedHead { get; init; }

    /// <summary>Whether linear weights are stored as [in, out] (GPT-2).</summary>
    public bool Transposed { get; init; }

    /// <summary>Token that opens a text, if the model has one.</summary>
    public int? BeginToken { get; init; }

    /// <summary>Tokens that close an answer.</summary>
    public IReadOnlyList<int> EndTokens { get; init; } = [];

    /// <summary>Whether the layer sees only <see cref="Window"/> tokens.</summary>
    public bool IsWindowed(int layer) => Window is not null && (WindowLayers.Count == 0 || WindowLayers[layer]);
}
