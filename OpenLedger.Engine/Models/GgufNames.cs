using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Models;

/// <summary>What GGUF calls a checkpoint's tensors, and in which order it keeps their rows. Opens no file.</summary>
internal sealed partial class GgufNames(WeightNames names)
{
    private readonly Dictionary<string, string> _parts = Parts(names);

    /// <summary>GGUF's name for a checkpoint's tensor; the same name where GGUF has none.</summary>
    public string Of(string name)
    {
        int dot = name.LastIndexOf('.');
        string module = name[..dot], tail = name[dot..];
        if (_parts.TryGetValue(module, out string? whole)) return whole + tail;
        Match layer = LayerName().Match(module);
        return layer.Success && _parts.TryGetValue(layer.Groups[2].Value, out string? part) ? $"blk.{layer.Groups[1].Value}.{part}{tail}" : name;
    }

    /// <summary>For each row as the checkpoint has it, the row where GGUF keeps it; null where they agree.</summary>
    /// <remarks>llama.cpp's converter writes row 2i of a head from row i and row 2i+1 from row i + half (convert_hf_to_gguf.py, LlamaModel.permute).</remarks>
    public static Func<long, long>? RowOrder(ModelConfig config, WeightNames names, string name)
    {
        bool turned = GgufFamilies.HasPairedRows(config) && (name.Contains($".{names.Query}.", StringComparison.Ordinal) || name.Contains($".{names.Key}.", StringComparison.Ordinal));
        if (!turned) return null;
        int width = config.HeadWidth, half = width / 2;
        return row =>
        {
            long within = row % width;
            return row - within + (within < half ? 2 * within : 2 * (within - half) + 1);
        };
    }

    private static Dictionary<string, string> Parts(WeightNames names)
    {
        Dictionary<string, string> parts = new(StringComparer.Ordinal)
        {
            [names.Embedding] = "token_embd",
            [names.FinalNorm] = "output_norm",
            [names.Head] = "output",
            [names.AttentionNorm] = "attn_norm",
            [names.Query] = "attn_q",
            [names.Key] = "attn_k",
            [names.Value] = "attn_v",
            [names.Output] = "attn_output",
            [names.QueryNorm] = "attn_q_norm",
            [names.KeyNorm] = "attn_k_norm",
            [names.Gate] = "ffn_gate",
            [names.Up] = "ffn_up",
            [names.Down] = "ffn_down",
        };
        if (names.FeedNorm is { } feed) parts[feed] = "ffn_norm";
        if (names.AttentionAfterNorm is { } after) parts[after] = "post_attention_norm";
        if (names.FeedAfterNorm is { } feedAfter) parts[feedAfter] = "post_ffw_norm";
        return parts;
    }

    [GeneratedRegex(@"^model\.layers\.(\d+)\.(.+)$")]
    private static partial Regex LayerName();
}
