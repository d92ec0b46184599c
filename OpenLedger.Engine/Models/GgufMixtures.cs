using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Models;

/// <summary>GGUF's architectures with mixtures of experts: Qwen's, and DeepSeek's with its latent attention. Reads no weights.</summary>
internal static class GgufMixtures
{
    private const int SigmoidGate = 2;   // llama.cpp's llama_expert_gating_func_type

    /// <param name="normalise">Whether the chosen weights are divided by their sum, which the architecture's name decides.</param>
    public static ModelConfig Qwen(GgufFile file, ModelConfig config, bool normalise)
    {
        int shared = SharedInner(file, layer: 0);
        return config with
        {
            Mixture = Mixture(file, config) with
            {
                Normalise = normalise,
                SharedInner = shared,
                SharedGate = shared > 0,
                Layers = [.. Enumerable.Repeat(true, config.Layers)],
            },
        };
    }

    /// <summary>DeepSeek V2 and V3, whose heads are expanded from one tensor (<c>attn_kv_b</c>).</summary>
    /// <exception cref="ModelException">The file splits that tensor, or stretches positions.</exception>
    public static ModelConfig DeepSeek(GgufFile file, ModelConfig config)
    {
        string a = config.Family;
        if (file.Integer($"{a}.attention.key_length_mla") is not null) throw new ModelException("this DeepSeek file keeps its keys and values in two tensors (attn_k_b, attn_v_b), which is not read; a file with attn_kv_b is, and the model's safetensors are");
        if (config.Rotary!.Scaling is not null) throw new ModelException("DeepSeek's stretched positions are not read from a GGUF file; they are from the model's safetensors");
        int turning = GgufFamilies.Size(file, $"{a}.rope.dimension_count");
        return config with
        {
            KeyValueHeads = config.Heads,
            Latent = new LatentConfig(GgufFamilies.SizeOrNull(file, $"{a}.attention.q_lora_rank"), GgufFamilies.Size(file, $"{a}.attention.kv_lora_rank"), config.HeadWidth - turning, turning, GgufFamilies.Size(file, $"{a}.attention.value_length")),
            Rotary = config.Rotary with { Interleaved = true },
            Mixture = Experts(file, config),
        };
    }

    private static MixtureConfig Experts(GgufFile file, ModelConfig config)
    {
        string a = config.Family;
        int dense = GgufFamilies.SizeOrNull(file, $"{a}.leading_dense_block_count") ?? 0;
        return Mixture(file, config) with
        {
            Normalise = file.Flag($"{a}.expert_weights_norm") ?? false,
            Sigmoid = file.Integer($"{a}.expert_gating_func") == SigmoidGate,
            Scale = file.Number($"{a}.expert_weights_scale") ?? 1,
            Groups = GgufFamilies.SizeOrNull(file, $"{a}.expert_group_count") ?? 1,
            ActiveGroups = GgufFamilies.SizeOrNull(file, $"{a}.expert_group_used_count") ?? 1,
            SharedInner = SharedInner(file, dense),
            Layers = [.. Enumerable.Range(0, config.Layers).Select(layer => layer >= dense)],
        };
    }

    private static MixtureConfig Mixture(GgufFile file, ModelConfig config)
    {
        string a = config.Family;
        return new MixtureConfig(GgufFamilies.Size(file, $"{a}.expert_count"), GgufFamilies.Size(file, $"{a}.expert_used_count"), GgufFamilies.SizeOrNull(file, $"{a}.expert_feed_forward_length") ?? config.Inner) { Layers = [] };
    }

    private static int SharedInner(GgufFile file, int layer) => (int)(file.Find($"blk.{layer}.ffn_up_shexp.weight")?.Shape[0] ?? 0);
}
