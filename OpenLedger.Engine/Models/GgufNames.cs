namespace OpenLedger.Engine.Models;

/// <summary>What GGUF calls a checkpoint's tensors, and in which order it keeps their rows. Opens no file.</summary>
internal sealed class GgufNames(WeightNames names)
{
    private const string Experts = "mlp.experts.";

    private readonly Dictionary<string, string> _parts = Parts(names);

    /// <summary>GGUF's name for a checkpoint's tensor, the same name where GGUF has none; and of experts, which share a tensor, the expert's place in it.</summary>
    public (string Tensor, int? Expert) Of(string name)
    {
        if (!name.StartsWith(names.Layers, StringComparison.Ordinal)) return (Part(name) ?? name, null);
        string inside = name[names.Layers.Length..];
        int dot = inside.IndexOf('.', StringComparison.Ordinal);
        (string block, string part) = ($"blk.{inside[..dot]}.", inside[(dot + 1)..]);
        int? expert = null;
        if (part.StartsWith(Experts, StringComparison.Ordinal))
        {
            string[] pieces = part[Experts.Length..].Split('.', 2);
            (expert, part) = (int.Parse(pieces[0], System.Globalization.CultureInfo.InvariantCulture), Experts + pieces[1]);
        }
        return Part(part) is { } known ? (block + known, expert) : (name, null);
    }

    /// <summary>For each row as the checkpoint has it, the row where GGUF keeps it; null where they agree.</summary>
    public static Func<long, long>? RowOrder(ModelConfig config, WeightNames names, string name)
    {
        if (config.Fused == FusedLayout.Groups && name.Contains($".{names.Fused}.", StringComparison.Ordinal)) return row => Ungrouped(config, row);
        bool turned = GgufFamilies.HasPairedRows(config) && (name.Contains($".{names.Query}.", StringComparison.Ordinal) || name.Contains($".{names.Key}.", StringComparison.Ordinal));
        return turned ? row => Paired(config, row) : null;
    }

    // llama.cpp's converter writes row 2i of a head from row i and row 2i+1 from row i + half (convert_hf_to_gguf.py, LlamaModel.permute).
    private static long Paired(ModelConfig config, long row)
    {
        int width = config.HeadWidth, half = width / 2;
        long within = row % width;
        return row - within + (within < half ? 2 * within : 2 * (within - half) + 1);
    }

    // And it writes all queries, then all keys, then all values, where BLOOM and Falcon have a group's queries, key and value together (BloomModel, FalconModel).
    private static long Ungrouped(ModelConfig config, long row)
    {
        long width = config.HeadWidth, queries = config.Heads / config.KeyValueHeads, head = row / width;
        (long group, long place) = (head / (queries + 2), head % (queries + 2));
        long stored = place < queries ? group * queries + place : config.Heads + (place - queries) * config.KeyValueHeads + group;
        return stored * width + row % width;
    }

    private string? Part(string name)
    {
        if (_parts.TryGetValue(name, out string? whole)) return whole;
        int dot = name.LastIndexOf('.');
        return dot > 0 && _parts.TryGetValue(name[..dot], out string? part) ? part + name[dot..] : null;
    }

    private static Dictionary<string, string> Parts(WeightNames names)
    {
        bool two = names == WeightNames.Falcon40;   // its second norm is the one before the attention
        Dictionary<string, string> parts = new(StringComparer.Ordinal)
        {
            [names.Embedding] = "token_embd",
            [names.FinalNorm] = "output_norm",
            [names.Head] = "output",
            [names.AttentionNorm] = two ? "attn_norm_2" : "attn_norm",
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
        if (names.Fused.Length > 0) parts[names.Fused] = "attn_qkv";
        if (names.PositionEmbedding is { } positions) parts[positions] = "position_embd";
        if (names.EmbeddingNorm is { } embedding) parts[embedding] = "token_embd_norm";
        if (names.FeedNorm is { } feed) parts[feed] = two ? "attn_norm" : "ffn_norm";
        if (names.AttentionAfterNorm is { } after) parts[after] = "post_attention_norm";
        if (names.FeedAfterNorm is { } feedAfter) parts[feedAfter] = "post_ffw_norm";
        foreach ((string part, string stored) in OfMixtures) parts[part] = stored;
        return parts;
    }

    private static readonly (string Part, string Stored)[] OfMixtures =
    [
        ("mlp.gate", "ffn_gate_inp"), ("mlp.gate.e_score_correction_bias", "exp_probs_b.bias"), ("mlp.shared_expert_gate", "ffn_gate_inp_shexp"),
        ("mlp.experts.gate_proj", "ffn_gate_exps"), ("mlp.experts.up_proj", "ffn_up_exps"), ("mlp.experts.down_proj", "ffn_down_exps"),
        ("mlp.shared_expert.gate_proj", "ffn_gate_shexp"), ("mlp.shared_expert.up_proj", "ffn_up_shexp"), ("mlp.shared_expert.down_proj", "ffn_down_shexp"),
        ("mlp.shared_experts.gate_proj", "ffn_gate_shexp"), ("mlp.shared_experts.up_proj", "ffn_up_shexp"), ("mlp.shared_experts.down_proj", "ffn_down_shexp"),
        ("self_attn.q_a_proj", "attn_q_a"), ("self_attn.q_a_layernorm", "attn_q_a_norm"), ("self_attn.q_b_proj", "attn_q_b"),
        ("self_attn.kv_a_proj_with_mqa", "attn_kv_a_mqa"), ("self_attn.kv_a_layernorm", "attn_kv_a_norm"), ("self_attn.kv_b_proj", "attn_kv_b"),
    ];
}
