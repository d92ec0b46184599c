using System.Globalization;
using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Export;

/// <summary>Which families leave as GGUF, under which architecture, and what GGUF cannot say of them. Writes nothing.</summary>
internal static class GgufRules
{
    private static readonly Dictionary<string, string> Architectures = new(StringComparer.Ordinal)
    {
        ["llama"] = "llama",
        ["mistral"] = "llama",
        ["qwen2"] = "qwen2",
        ["qwen3"] = "qwen3",
        ["gemma"] = "gemma",
        ["gemma2"] = "gemma2",
        ["gemma3_text"] = "gemma3",
        ["gemma3"] = "gemma3",
        ["gpt2"] = "gpt2",
        ["bloom"] = "bloom",
        ["falcon"] = "falcon",
        ["chatglm"] = "chatglm",
        ["glm"] = "chatglm",
        ["glm4"] = "glm4",
        ["qwen2_moe"] = "qwen2moe",
        ["qwen2moe"] = "qwen2moe",
        ["qwen3_moe"] = "qwen3moe",
        ["qwen3moe"] = "qwen3moe",
        ["deepseek_v2"] = "deepseek2",
        ["deepseek_v3"] = "deepseek2",
        ["deepseek2"] = "deepseek2",
    };

    // Linear parts whose biases llama.cpp reads, by architecture; a file with others is refused by it.
    private static readonly Dictionary<string, string[]> Biased = new(StringComparer.Ordinal)
    {
        ["falcon"] = [],
        ["deepseek2"] = [],
        ["qwen3moe"] = [],
        ["qwen2moe"] = ["attn_q", "attn_k", "attn_v"],
        ["chatglm"] = ["attn_qkv", "attn_q", "attn_k", "attn_v"],
        ["glm4"] = ["attn_q", "attn_k", "attn_v"],
    };

    /// <summary>The architecture's name in GGUF.</summary>
    /// <exception cref="ExportException">The family is not written as GGUF here.</exception>
    public static string Architecture(ModelConfig config) => Architectures.TryGetValue(config.Family, out string? name) ? name
        : throw new ExportException($"models of the family '{config.Family}' are not written as GGUF here, only {string.Join(", ", Architectures.Keys)}: export merged safetensors instead");

    /// <summary>The configuration under the name that GGUF's row order goes by.</summary>
    public static ModelConfig AsStored(ModelConfig config) => config with { Family = Architecture(config) };

    /// <summary>Refuses shapes that our reader takes and llama.cpp does not.</summary>
    /// <exception cref="ExportException">This is one.</exception>
    public static void RequireLoadable(ModelConfig config)
    {
        // llama.cpp gives the output projection of these the model's own width on both sides (src/models/chatglm.cpp).
        if (Architecture(config) == "chatglm" && config.Heads * config.HeadWidth != config.Width)
            throw new ExportException($"llama.cpp reads models of this family only where the heads together are as wide as the model, and here they are {config.Heads * config.HeadWidth} to {config.Width}: export merged safetensors instead");
        // It tells DeepSeek's small model, which does not compress its queries, by its number of layers (src/models/deepseek2.cpp).
        if (config.Latent is { QueryRank: null } && config.Layers is not (26 or 27))
            throw new ExportException($"llama.cpp reads DeepSeek models without compressed queries only with 26 or 27 layers, and this one has {config.Layers}: export merged safetensors instead");
    }

    /// <summary>Refuses biases that the architecture has no place for.</summary>
    /// <exception cref="ExportException">There is one.</exception>
    public static void RequireKnownBiases(MergedModel model)
    {
        if (!Biased.TryGetValue(Architecture(model.Config), out string[]? known)) return;
        GgufNames names = new(model.Names);
        string? other = model.Shapes.Select(tensor => tensor.Key)
            .FirstOrDefault(name => name.EndsWith(".bias", StringComparison.Ordinal) && !names.Of(name).Tensor.Contains("norm", StringComparison.Ordinal) && !known.Any(part => names.Of(name).Tensor.EndsWith($".{part}.bias", StringComparison.Ordinal)));
        if (other is not null) throw new ExportException($"GGUF has no place for '{other}' in this family: export merged safetensors instead");
    }

    /// <summary>Refuses an export that would silently be another model.</summary>
    /// <exception cref="ExportException">Something was lost on the way.</exception>
    public static void RequireSame(MergedModel model, ModelConfig read)
    {
        ModelConfig config = model.Config;
        foreach ((string what, object? was, object? became) in (IEnumerable<(string, object?, object?)>)
        [
            ("the number of layers", config.Layers, read.Layers),
            ("the vocabulary", config.Vocabulary, read.Vocabulary),
            ("the head width", config.HeadWidth, read.HeadWidth),
            ("which layers see only a window", Windows(config), Windows(read)),
            ("the attention's scale", Scale(config), Scale(read)),
            ("the attention's cap", Rounded(config.AttentionCap), Rounded(read.AttentionCap)),
            ("the logits' cap", Rounded(config.LogitCap), Rounded(read.LogitCap)),
            ("the embedding's scale", Rounded(config.EmbeddingScale), Rounded(read.EmbeddingScale)),
            ("the activation", config is { Family: "gemma", Activation: Activation.Gelu } ? Activation.GeluTanh : config.Activation, read.Activation),   // its first files say gelu; the self-test tells whether it shows
            ("the inner width", config.Inner, read.Inner),
            ("the norms", Norms(config), Norms(read)),
            ("how positions are told", config.Positions, read.Positions),
            ("how the layers' parts join", (config.Residual, config.ResidualAfterNorm, config.TwoParallelNorms), (read.Residual, read.ResidualAfterNorm, read.TwoParallelNorms)),
            ("scores scaled by layer", config.ScaleByLayer, read.ScaleByLayer),
            ("the narrow keys", config.Latent, read.Latent),
            ("the mixture of experts", Mixture(config.Mixture), Mixture(read.Mixture)),
            ("the rotating dimensions", (config.Rotary?.Dimensions, config.Rotary?.Interleaved), (read.Rotary?.Dimensions, read.Rotary?.Interleaved)),
            ("the rotary base", Rounded(config.Rotary?.Base), Rounded(read.Rotary?.Base)),
            ("the rotary scaling", Scaling(config.Rotary), Scaling(read.Rotary)),
            ("the window's rotary base", Rounded((config.WindowRotary ?? config.Rotary)?.Base), Rounded((read.WindowRotary ?? read.Rotary)?.Base)),
            ("tied output", model.IsTied, read.TiedHead),
        ])
        {
            if (!Equals(was, became)) throw new ExportException($"GGUF cannot say {what} of this model ({was ?? "none"} became {became ?? "none"}): export merged safetensors instead");
        }
    }

    // Gemma's one is in the file's numbers.
    private static (bool, bool, bool, bool) Norms(ModelConfig config) => (config.Norm == NormKind.Layer, config.NormAfter, config.NormQueryKey, config.NormEmbedding);

    // V2's groups are judged by their best expert, llama.cpp's always by their two best.
    private static string? Mixture(MixtureConfig? mixture) => mixture is null ? null : string.Create(CultureInfo.InvariantCulture,
        $"{mixture.Active} of {mixture.Experts} by {mixture.Inner}, shared {mixture.SharedInner} {mixture.SharedGate}, {(mixture.Sigmoid ? "sigmoid" : mixture.Groups > 1 ? "softmax of groups by their best" : "softmax")}, normalised {mixture.Normalise}, scale {mixture.Scale:G5}, groups {mixture.ActiveGroups} of {mixture.Groups}, layers {string.Concat(mixture.Layers.Select(mixed => mixed ? 'm' : 'd'))}");

    // A window as long as the context hides nothing.
    private static string Windows(ModelConfig config) => config.Window >= config.MaxPositions ? ""
        : string.Join(' ', Enumerable.Range(0, config.Layers).Where(config.IsWindowed).Select(layer => $"{layer}:{config.Window}"));

    private static string? Scale(ModelConfig config) => Rounded(config.AttentionScale ?? 1 / Math.Sqrt(config.HeadWidth));

    private static string? Scaling(RotaryConfig? rotary) => rotary?.Scaling switch
    {
        RotaryScaling.Linear linear => string.Create(CultureInfo.InvariantCulture, $"linear {linear.Factor:G5}"),
        RotaryScaling.Yarn yarn => string.Create(CultureInfo.InvariantCulture, $"yarn {yarn.Factor:G5} {yarn.BetaFast} {yarn.BetaSlow} {yarn.OriginalPositions} {yarn.AttentionFactor:G5} {yarn.Truncate}"),
        RotaryScaling.Llama3 => "divisors",
        _ => rotary?.Divisors is null ? null : "divisors",
    };

    // GGUF keeps such figures in float32.
    private static string? Rounded(double? value) => value?.ToString("G5", CultureInfo.InvariantCulture);
}
