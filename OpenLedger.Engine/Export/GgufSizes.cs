using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Export;

/// <summary>A configuration in GGUF's keys, less the architecture's name before each. Knows no words and no tensors.</summary>
internal static class GgufSizes
{
    private const uint SoftmaxGate = 1, SigmoidGate = 2;   // llama.cpp's llama_expert_gating_func_type

    public static IEnumerable<KeyValuePair<string, object>> Of(ModelConfig config) =>
        [.. Common(config), .. Rotary(config), .. Attention(config), .. Latent(config), .. Mixture(config)];

    private static IEnumerable<KeyValuePair<string, object>> Common(ModelConfig config) =>
    [
        new("block_count", (uint)config.Layers),
        new("context_length", (uint)config.MaxPositions),
        new("embedding_length", (uint)config.Width),
        new("feed_forward_length", (uint)config.Inner),
        new("attention.head_count", (uint)config.Heads),
        new("attention.head_count_kv", (uint)config.KeyValueHeads),
        new("attention.key_length", (uint)config.HeadWidth),
        new("attention.value_length", (uint)(config.Latent?.ValueWidth ?? config.HeadWidth)),
        new(config.Norm == NormKind.Layer ? "attention.layer_norm_epsilon" : "attention.layer_norm_rms_epsilon", (float)config.NormEpsilon),
        new("vocab_size", (uint)config.Vocabulary),
    ];

    private static IEnumerable<KeyValuePair<string, object>> Attention(ModelConfig config)
    {
        if (config.Window is { } window && GgufRules.Architecture(config) != "llama") yield return new("attention.sliding_window", (uint)window);
        if (config.AttentionCap is { } cap) yield return new("attn_logit_softcapping", (float)cap);
        if (config.LogitCap is { } final) yield return new("final_logit_softcapping", (float)final);
    }

    private static IEnumerable<KeyValuePair<string, object>> Rotary(ModelConfig config)
    {
        if (config.Rotary is not { } rotary) yield break;
        yield return new("rope.dimension_count", (uint)rotary.Dimensions);
        yield return new("rope.freq_base", (float)rotary.Base);
        if (config.WindowRotary is { } window) yield return new("rope.freq_base_swa", (float)window.Base);
        if (rotary.Scaling is RotaryScaling.Linear linear)
        {
            yield return new("rope.scaling.type", "linear");
            yield return new("rope.scaling.factor", (float)linear.Factor);
        }
        else if (rotary.Scaling is RotaryScaling.Yarn yarn)
        {
            yield return new("rope.scaling.type", "yarn");
            yield return new("rope.scaling.factor", (float)yarn.Factor);
            yield return new("rope.scaling.original_context_length", (uint)yarn.OriginalPositions);
        }
    }

    private static IEnumerable<KeyValuePair<string, object>> Latent(ModelConfig config)
    {
        if (config.Latent is not { } latent) yield break;
        if (latent.QueryRank is { } rank) yield return new("attention.q_lora_rank", (uint)rank);
        yield return new("attention.kv_lora_rank", (uint)latent.KeyValueRank);
    }

    private static IEnumerable<KeyValuePair<string, object>> Mixture(ModelConfig config)
    {
        if (config.Mixture is not { } mixture) yield break;
        yield return new("expert_count", (uint)mixture.Experts);
        yield return new("expert_used_count", (uint)mixture.Active);
        yield return new("expert_feed_forward_length", (uint)mixture.Inner);
        if (mixture.SharedGate) yield return new("expert_shared_feed_forward_length", (uint)mixture.SharedInner);
        if (config.Latent is null) yield break;   // what follows llama.cpp asks of DeepSeek only
        yield return new("leading_dense_block_count", (uint)mixture.Layers.TakeWhile(mixed => !mixed).Count());
        yield return new("expert_shared_count", (uint)(mixture.SharedInner / mixture.Inner));
        yield return new("expert_weights_scale", (float)mixture.Scale);
        yield return new("expert_weights_norm", mixture.Normalise);
        yield return new("expert_gating_func", mixture.Sigmoid ? SigmoidGate : SoftmaxGate);
        if (mixture.Groups == 1) yield break;
        yield return new("expert_group_count", (uint)mixture.Groups);
        yield return new("expert_group_used_count", (uint)mixture.ActiveGroups);
    }
}
