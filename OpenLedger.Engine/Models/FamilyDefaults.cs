using System.Text.Json;

namespace OpenLedger.Engine.Models;

/// <summary>What transformers' configuration classes assume of a field that a <c>config.json</c> leaves out, where the families differ. Gives no field a meaning.</summary>
internal static class FamilyDefaults
{
    private static readonly JsonElement Table = Parse("""
        {
          "mistral":     { "num_key_value_heads": 8, "max_position_embeddings": 131072, "sliding_window": 4096 },
          "mixtral":     { "num_key_value_heads": 8, "max_position_embeddings": 131072, "rms_norm_eps": 1e-5, "rope_theta": 1e6,
                           "num_local_experts": 8, "num_experts_per_tok": 2 },
          "qwen2":       { "num_key_value_heads": 32, "max_position_embeddings": 32768, "sliding_window": 4096, "max_window_layers": 28 },
          "qwen3":       { "num_key_value_heads": 32, "max_position_embeddings": 32768, "sliding_window": 4096, "max_window_layers": 28, "head_dim": 128 },
          "qwen2_moe":   { "num_key_value_heads": 16, "max_position_embeddings": 32768, "sliding_window": 4096, "max_window_layers": 28,
                           "num_experts": 60, "num_experts_per_tok": 4, "moe_intermediate_size": 1408, "shared_expert_intermediate_size": 5632 },
          "qwen3_moe":   { "num_key_value_heads": 4, "max_position_embeddings": 32768, "sliding_window": 4096,
                           "num_experts": 128, "num_experts_per_tok": 8, "moe_intermediate_size": 768 },
          "gemma":       { "num_key_value_heads": 16, "max_position_embeddings": 8192, "head_dim": 256, "hidden_act": "gelu_pytorch_tanh", "tie_word_embeddings": true },
          "gemma2":      { "num_key_value_heads": 4, "max_position_embeddings": 8192, "head_dim": 256, "hidden_activation": "gelu_pytorch_tanh", "tie_word_embeddings": true,
                           "sliding_window": 4096, "query_pre_attn_scalar": 256, "attn_logit_softcapping": 50, "final_logit_softcapping": 30 },
          "gemma3_text": { "vocab_size": 262208, "hidden_size": 2304, "intermediate_size": 9216, "num_hidden_layers": 26, "num_attention_heads": 8, "num_key_value_heads": 4,
                           "max_position_embeddings": 131072, "head_dim": 256, "hidden_activation": "gelu_pytorch_tanh", "tie_word_embeddings": true,
                           "sliding_window": 4096, "query_pre_attn_scalar": 256, "rope_theta": 1e6, "rope_local_base_freq": 1e4 },
          "glm":         { "num_key_value_heads": 2, "max_position_embeddings": 131072, "head_dim": 128, "rms_norm_eps": 1.5625e-7 },
          "glm4":        { "num_key_value_heads": 2, "max_position_embeddings": 131072, "head_dim": 128, "rms_norm_eps": 1.5625e-7 },
          "deepseek_v2": { "q_lora_rank": 1536, "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128,
                           "n_routed_experts": 64, "n_shared_experts": 2, "moe_intermediate_size": 1407, "topk_method": "greedy", "scoring_func": "softmax" },
          "deepseek_v3": { "max_position_embeddings": 4096, "q_lora_rank": 1536, "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128,
                           "n_routed_experts": 256, "n_shared_experts": 1, "moe_intermediate_size": 2048, "num_experts_per_tok": 8, "n_group": 8, "topk_group": 4,
                           "first_k_dense_replace": 3, "norm_topk_prob": true, "routed_scaling_factor": 2.5, "scoring_func": "sigmoid" },
          "falcon":      { "parallel_attn": true, "multi_query": true, "tie_word_embeddings": true },
          "bloom":       { "tie_word_embeddings": true },
          "gpt2":        { "scale_attn_weights": true, "tie_word_embeddings": true, "n_positions": 1024 }
        }
        """);

    /// <summary>The family's, or null where nothing is to be said beside the reader's own.</summary>
    public static JsonElement? Of(string family) => Table.TryGetProperty(family, out JsonElement fields) ? fields : null;

    private static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
