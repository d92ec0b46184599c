namespace OpenLedger.Engine.Models;

/// <summary>The rows of <see cref="ModelFamilies"/> whose layers have mean and variance taken off and a feed-forward without a gate: what their configurations say. Reads no weights.</summary>
internal static class LayerNormFamilies
{
    public static (ModelConfig, WeightNames) Falcon(ConfigFields c)
    {
        int width = c.Size("n_embed", "hidden_size"), heads = c.Size("num_attention_heads", "n_head");
        bool grouped = c.Flag("new_decoder_architecture"), parallel = grouped || c.Flag("parallel_attn"), alibi = c.Flag("alibi");
        bool twoNorms = grouped && (c.SizeOrNull("num_ln_in_parallel_attn") ?? 2) == 2;
        if (grouped && !c.Flag("parallel_attn")) throw new ModelException("config.json: new_decoder_architecture without parallel_attn is a Falcon that has never been; one of the two must change");
        int keyHeads = grouped ? c.SizeOrNull("num_kv_heads", "n_head_kv") ?? heads : c.Flag("multi_query") ? 1 : heads;
        ModelConfig config = new()
        {
            Family = "falcon",
            Vocabulary = c.Size("vocab_size"),
            Width = width,
            Layers = c.Size("num_hidden_layers", "n_layer"),
            Heads = heads,
            KeyValueHeads = keyHeads,
            HeadWidth = width / Math.Max(1, heads),
            Inner = c.SizeOrNull("ffn_hidden_size") ?? 4 * width,
            MaxPositions = c.SizeOrNull("max_position_embeddings") ?? 2048,
            Norm = NormKind.Layer,
            NormEpsilon = c.Number("layer_norm_epsilon") ?? 1e-5,
            Positions = alibi ? PositionKind.Alibi : PositionKind.Rotary,
            AlibiAsFalcon = true,
            Rotary = alibi ? null : RotaryFields.Read(c, width / Math.Max(1, heads)),
            Fused = FusedLayout.Groups,
            Gated = false,
            Activation = LayerActivation.Named(c.Text("activation") ?? "gelu"),
            Residual = parallel ? ResidualShape.Parallel : ResidualShape.Sequential,
            TwoParallelNorms = twoNorms,
            TiedHead = c.Flag("tie_word_embeddings"),
            BeginToken = c.SizeOrNull("bos_token_id"),
            EndTokens = c.Integers("eos_token_id"),
        };
        return (config, twoNorms ? WeightNames.Falcon40 : parallel ? WeightNames.FalconParallel : WeightNames.Falcon);
    }

    public static ModelConfig Bloom(ConfigFields c)
    {
        int width = c.Size("n_embed", "hidden_size"), heads = c.Size("n_head", "num_attention_heads");
        return new ModelConfig
        {
            Family = "bloom",
            Vocabulary = c.Size("vocab_size"),
            Width = width,
            Layers = c.Size("n_layer", "num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = heads,
            HeadWidth = width / Math.Max(1, heads),
            Inner = 4 * width,
            MaxPositions = c.SizeOrNull("seq_length") ?? 2048,
            Norm = NormKind.Layer,
            NormEpsilon = c.Number("layer_norm_epsilon") ?? 1e-5,
            NormEmbedding = true,
            Positions = PositionKind.Alibi,
            Fused = FusedLayout.Groups,
            Gated = false,
            Activation = Activation.GeluTanh,
            ResidualAfterNorm = c.Flag("apply_residual_connection_post_layernorm"),
            TiedHead = c.Flag("tie_word_embeddings"),
            BeginToken = c.SizeOrNull("bos_token_id"),
            EndTokens = c.Integers("eos_token_id"),
        };
    }

    public static ModelConfig Gpt2(ConfigFields c)
    {
        int width = c.Size("n_embd", "hidden_size"), heads = c.Size("n_head", "num_attention_heads");
        return new ModelConfig
        {
            Family = "gpt2",
            Vocabulary = c.Size("vocab_size"),
            Width = width,
            Layers = c.Size("n_layer", "num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = heads,
            HeadWidth = width / Math.Max(1, heads),
            Inner = c.SizeOrNull("n_inner") ?? 4 * width,
            MaxPositions = c.Size("n_positions", "max_position_embeddings"),
            Norm = NormKind.Layer,
            NormEpsilon = c.Number("layer_norm_epsilon") ?? 1e-5,
            Positions = PositionKind.Learned,
            AttentionScale = c.Flag("scale_attn_weights") ? null : 1,
            ScaleByLayer = c.Flag("scale_attn_by_inverse_layer_idx"),
            Fused = FusedLayout.Blocks,
            Gated = false,
            Activation = LayerActivation.Named(c.Text("activation_function") ?? "gelu_new"),
            TiedHead = c.Flag("tie_word_embeddings"),
            Transposed = true,
            BeginToken = c.SizeOrNull("bos_token_id"),
            EndTokens = c.Integers("eos_token_id"),
        };
    }
}
