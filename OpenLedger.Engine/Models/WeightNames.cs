namespace OpenLedger.Engine.Models;

/// <summary>What a family calls its weights in a checkpoint, less <c>.weight</c> and <c>.bias</c>. A null part is one the family has not.</summary>
internal sealed record WeightNames
{
    public required string Embedding { get; init; }
    public required string FinalNorm { get; init; }
    public required string Head { get; init; }

    /// <summary>What precedes a layer's number.</summary>
    public required string Layers { get; init; }

    /// <summary>What a checkpoint without the outer name leaves out (<c>transformer.</c>).</summary>
    public string Optional { get; init; } = "";

    public string? PositionEmbedding { get; init; }
    public string? EmbeddingNorm { get; init; }

    public required string AttentionNorm { get; init; }
    public string? AttentionAfterNorm { get; init; }
    public string? FeedNorm { get; init; }
    public string? FeedAfterNorm { get; init; }

    public string Query { get; init; } = "self_attn.q_proj";
    public string Key { get; init; } = "self_attn.k_proj";
    public string Value { get; init; } = "self_attn.v_proj";
    public string QueryNorm { get; init; } = "self_attn.q_norm";
    public string KeyNorm { get; init; } = "self_attn.k_norm";
    public string Fused { get; init; } = "";
    public string Output { get; init; } = "self_attn.o_proj";

    public string Gate { get; init; } = "mlp.gate_proj";
    public string Up { get; init; } = "mlp.up_proj";
    public string Down { get; init; } = "mlp.down_proj";

    /// <summary>A layer's mixture: its router, and what precedes an expert's number.</summary>
    public string Router { get; init; } = "mlp.gate";
    public string Experts { get; init; } = "mlp.experts.";

    /// <summary>The parts of one expert.</summary>
    public string ExpertGate { get; init; } = "gate_proj";
    public string ExpertUp { get; init; } = "up_proj";
    public string ExpertDown { get; init; } = "down_proj";

    /// <summary>LLaMA's names, which most families share.</summary>
    public static readonly WeightNames Llama = new()
    {
        Embedding = "model.embed_tokens",
        FinalNorm = "model.norm",
        Head = "lm_head",
        Layers = "model.layers.",
        Optional = "model.",
        AttentionNorm = "input_layernorm",
        FeedNorm = "post_attention_layernorm",
    };

    /// <summary>Gemma 2 and 3: a norm before and after each part.</summary>
    public static readonly WeightNames Gemma2 = Llama with
    {
        AttentionAfterNorm = "post_attention_layernorm",
        FeedNorm = "pre_feedforward_layernorm",
        FeedAfterNorm = "post_feedforward_layernorm",
    };

    public static readonly WeightNames Mixtral = Llama with { Router = "block_sparse_moe.gate", Experts = "block_sparse_moe.experts.", ExpertGate = "w1", ExpertUp = "w3", ExpertDown = "w2" };

    public static readonly WeightNames Glm = Llama with { Up = "mlp.gate_up_proj" };

    public static readonly WeightNames Glm4 = Glm with { AttentionAfterNorm = "post_self_attn_layernorm", FeedAfterNorm = "post_mlp_layernorm" };

    public static readonly WeightNames ChatGlm = new()
    {
        Embedding = "transformer.embedding.word_embeddings",
        FinalNorm = "transformer.encoder.final_layernorm",
        Head = "transformer.output_layer",
        Layers = "transformer.encoder.layers.",
        AttentionNorm = "input_layernorm",
        FeedNorm = "post_attention_layernorm",
        Fused = "self_attention.query_key_value",
        Output = "self_attention.dense",
        Up = "mlp.dense_h_to_4h",
        Down = "mlp.dense_4h_to_h",
    };

    public static readonly WeightNames Bloom = new()
    {
        Embedding = "transformer.word_embeddings",
        EmbeddingNorm = "transformer.word_embeddings_layernorm",
        FinalNorm = "transformer.ln_f",
        Head = "lm_head",
        Layers = "transformer.h.",
        Optional = "transformer.",
        AttentionNorm = "input_layernorm",
        FeedNorm = "post_attention_layernorm",
        Fused = "self_attention.query_key_value",
        Output = "self_attention.dense",
        Up = "mlp.dense_h_to_4h",
        Down = "mlp.dense_4h_to_h",
    };

    public static readonly WeightNames Falcon = Bloom with { EmbeddingNorm = null };

    public static readonly WeightNames FalconParallel = Falcon with { FeedNorm = null };

    public static readonly WeightNames Falcon40 = Falcon with { AttentionNorm = "ln_attn", FeedNorm = "ln_mlp" };

    public static readonly WeightNames Gpt2 = new()
    {
        Embedding = "transformer.wte",
        PositionEmbedding = "transformer.wpe",
        FinalNorm = "transformer.ln_f",
        Head = "lm_head",
        Layers = "transformer.h.",
        Optional = "transformer.",
        AttentionNorm = "ln_1",
        FeedNorm = "ln_2",
        Fused = "attn.c_attn",
        Output = "attn.c_proj",
        Up = "mlp.c_fc",
        Down = "mlp.c_proj",
    };
}
