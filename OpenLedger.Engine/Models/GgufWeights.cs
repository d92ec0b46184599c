using System.Security.Cryptography;
using System.Text.RegularExpressions;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Models;

/// <summary>Weights in a GGUF file, found under their checkpoint names. Undoes the converter's row order.</summary>
internal sealed partial class GgufWeights(GgufFile file, ModelConfig config, WeightNames names) : IWeightFile
{
    private readonly Dictionary<string, string> _parts = Parts(names);

    public long Count => file.Tensors.Sum(tensor => tensor.Count);

    public IReadOnlyList<long>? Shape(string name) => file.Find(NameOf(name))?.Shape;

    public int Block(string name) => file.Find(NameOf(name))!.Type.BlockSize();

    public void Read(string name, long start, Span<float> into) => file.Dequantize(NameOf(name), start, into);

    // llama.cpp's converter writes row 2i of a head from row i and row 2i+1 from row i + half (convert_hf_to_gguf.py, LlamaModel.permute).
    public Func<long, long>? RowOrder(string name)
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

    public Sha256Hash Hash()
    {
        using FileStream stream = File.OpenRead(file.Path);
        return Sha256Hash.FromDigest(SHA256.HashData(stream));
    }

    public void Dispose() => file.Dispose();

    private string NameOf(string name)
    {
        int dot = name.LastIndexOf('.');
        string module = name[..dot], tail = name[dot..];
        if (_parts.TryGetValue(module, out string? whole)) return whole + tail;
        Match layer = LayerName().Match(module);
        return layer.Success && _parts.TryGetValue(layer.Groups[2].Value, out string? part) ? $"blk.{layer.Groups[1].Value}.{part}{tail}" : name;
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
