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
    };

    /// <summary>The architecture's name in GGUF.</summary>
    /// <exception cref="ExportException">The family is not written as GGUF here.</exception>
    public static string Architecture(ModelConfig config) => Architectures.TryGetValue(config.Family, out string? name) ? name
        : throw new ExportException($"models of the family '{config.Family}' are not written as GGUF here, only {string.Join(", ", Architectures.Keys)}: export merged safetensors instead");

    /// <summary>The configuration under the name that GGUF's row order goes by.</summary>
    public static ModelConfig AsStored(ModelConfig config) => config with { Family = Architecture(config) };

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
            ("the activation", config.Activation, read.Activation),
            ("the rotary base", Rounded(config.Rotary?.Base), Rounded(read.Rotary?.Base)),
            ("the rotary scaling", Scaling(config.Rotary), Scaling(read.Rotary)),
            ("the window's rotary base", Rounded((config.WindowRotary ?? config.Rotary)?.Base), Rounded((read.WindowRotary ?? read.Rotary)?.Base)),
            ("tied output", model.IsTied, read.TiedHead),
        ])
        {
            if (!Equals(was, became)) throw new ExportException($"GGUF cannot say {what} of this model ({was ?? "none"} became {became ?? "none"}): export merged safetensors instead");
        }
    }

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
