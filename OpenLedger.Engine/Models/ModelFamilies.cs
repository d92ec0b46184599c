using System.Text.Json;

namespace OpenLedger.Engine.Models;

/// <summary>The table of model families: what each one's <c>config.json</c> means, and what it calls its weights. Reads no weights.</summary>
internal static class ModelFamilies
{
    private const long LargestFile = 4 << 20;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };
    private static readonly Dictionary<string, Func<ConfigFields, (ModelConfig, WeightNames)>> Table = new(StringComparer.Ordinal)
    {
        ["llama"] = c => (Common(c), WeightNames.Llama),
        ["mistral"] = c => (Common(c) with { Window = c.SizeOrNull("sliding_window") }, WeightNames.Llama),
        ["mixtral"] = c => (Common(c) with { Window = c.SizeOrNull("sliding_window"), Mixture = MixtureFields.Mixtral(c) }, WeightNames.Mixtral),
        ["qwen2"] = c => (Qwen(c), WeightNames.Llama),
        ["qwen3"] = c => (Qwen(c) with { NormQueryKey = true }, WeightNames.Llama),
        ["qwen2_moe"] = c => (Qwen2Moe(c) with { Mixture = MixtureFields.Qwen(c, shared: true) }, WeightNames.Llama),
        ["qwen3_moe"] = c => (Common(c) with { NormQueryKey = true, Window = QwenWindow(c), Mixture = MixtureFields.Qwen(c, shared: false) }, WeightNames.Llama),
        ["gemma"] = c => (Gemma(c), WeightNames.Llama),
        ["gemma2"] = c => (Gemma2(c), WeightNames.Gemma2),
        ["gemma3_text"] = c => (Gemma3(c), WeightNames.Gemma2),
        ["gemma3"] = c => (Gemma3WithPictures(c), WeightNames.Gemma2),
        ["glm"] = c => (Glm(c), WeightNames.Glm),
        ["glm4"] = c => (Glm(c) with { NormAfter = true }, WeightNames.Glm4),
        ["chatglm"] = c => (ChatGlm(c), WeightNames.ChatGlm),
        ["deepseek_v2"] = c => (DeepSeek(c, interleaved: true) with { Mixture = MixtureFields.DeepSeek(c, sigmoid: false) }, WeightNames.Llama),
        ["deepseek_v3"] = c => (DeepSeek(c, interleaved: c.Flag("rope_interleave", otherwise: true)) with { Mixture = MixtureFields.DeepSeek(c, sigmoid: true) }, WeightNames.Llama),
        ["falcon"] = LayerNormFamilies.Falcon,
        ["bloom"] = c => (LayerNormFamilies.Bloom(c), WeightNames.Bloom),
        ["gpt2"] = c => (LayerNormFamilies.Gpt2(c), WeightNames.Gpt2),
    };

    /// <summary>Reads <c>config.json</c> of either of transformers' styles, or ChatGLM's own.</summary>
    public static (ModelConfig Config, WeightNames Names) Read(string path)
    {
        long length = new FileInfo(path).Length;
        if (length > LargestFile) throw new ModelException($"'{Path.GetFileName(path)}' has {length} bytes; a model configuration has at most {LargestFile}");
        return Read(File.ReadAllBytes(path), Path.GetFileName(path));
    }

    /// <summary>The same from bytes.</summary>
    public static (ModelConfig Config, WeightNames Names) Read(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            string family = new ConfigFields(document.RootElement).Text("model_type") ?? throw new ModelException($"'{name}' has no model_type");
            if (!Table.TryGetValue(family, out Func<ConfigFields, (ModelConfig, WeightNames)>? read))
                throw new ModelException($"the model type '{family}' is not supported; supported are {string.Join(", ", Table.Keys)}");
            ConfigFields fields = new(document.RootElement, FamilyDefaults.Of(family));
            RequireNumbers(fields);
            (ModelConfig config, WeightNames names) = read(fields);
            if (config.WindowRotary is null && RotaryFields.IsByKind(fields)) throw new ModelException("config.json: rope_parameters has settings for each kind of layer, which this family's layers do not take; one set for all is needed");
            return (Checked(config), names);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException)
        {
            throw new ModelException($"'{name}' is no model configuration: {broken.Message}");
        }
    }

    /// <summary>Refuses sizes that cannot be a decoder's.</summary>
    public static ModelConfig Checked(ModelConfig config)
    {
        bool whole = config is { Vocabulary: > 0, Width: > 0, Layers: > 0, Heads: > 0, KeyValueHeads: > 0, HeadWidth: > 0, Inner: > 0, MaxPositions: > 0 };
        if (!whole || config.Layers > 1024) throw new ModelException($"the configuration has an impossible size: {config.Layers} layers, width {config.Width}, {config.Heads} heads of {config.HeadWidth}, {config.KeyValueHeads} key heads, inner width {config.Inner}, {config.Vocabulary} tokens");
        if (config.Heads % config.KeyValueHeads != 0) throw new ModelException($"{config.Heads} query heads cannot share {config.KeyValueHeads} key heads evenly");
        if (config.Window is 0) throw new ModelException("the configuration has a sliding window of 0 tokens, through which nothing is seen");
        if (config.Mixture is { } mixture && !IsWhole(mixture)) throw new ModelException($"the configuration has an impossible mixture: {mixture.Active} of {mixture.Experts} experts a token, {mixture.ActiveGroups} of {mixture.Groups} groups open");
        return config;
    }

    // bitsandbytes also marks checkpoints of plain numbers that it would pack at loading; its packed ones are refused by their tensors' type.
    private static void RequireNumbers(ConfigFields fields)
    {
        if (fields.Object("quantization_config") is { } packed && packed.Text("quant_method") is { } method and not "bitsandbytes")
            throw new ModelException($"the checkpoint's weights are packed by '{method}', which is not read; the same model in float16, bfloat16 or float32, or as GGUF, is");
    }

    // A token's experts must fit into its open groups; DeepSeek V3 judges a group by two of its experts.
    private static bool IsWhole(MixtureConfig m) =>
        m is { Experts: > 0, Active: > 0, Inner: > 0, Groups: > 0, ActiveGroups: > 0 } && m.ActiveGroups <= m.Groups && m.Experts % m.Groups == 0
        && m.Active <= m.Experts / m.Groups * m.ActiveGroups && (!m.Sigmoid || m.Groups == 1 || m.Experts / m.Groups >= 2);

    private static ModelConfig Common(ConfigFields c, bool interleaved = false, double partial = 1)
    {
        int width = c.Size("hidden_size"), heads = c.Size("num_attention_heads");
        int headWidth = c.SizeOrNull("head_dim") ?? width / Math.Max(1, heads);
        return new ModelConfig
        {
            Family = c.Text("model_type") ?? "",
            Vocabulary = c.Size("vocab_size"),
            Width = width,
            Layers = c.Size("num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = c.SizeOrNull("num_key_value_heads") ?? heads,
            HeadWidth = headWidth,
            Inner = c.Size("intermediate_size"),
            MaxPositions = c.SizeOrNull("max_position_embeddings") ?? 2048,
            NormEpsilon = c.Number("rms_norm_eps") ?? 1e-6,
            Rotary = RotaryFields.Read(c, headWidth, interleaved, partial),
            Activation = LayerActivation.Named(c.Text("hidden_act") ?? "silu"),
            TiedHead = c.Flag("tie_word_embeddings"),
            BeginToken = c.SizeOrNull("bos_token_id"),
            EndTokens = c.Integers("eos_token_id"),
        };
    }

    private static ModelConfig Qwen(ConfigFields c)
    {
        ModelConfig config = Common(c);
        int from = c.SizeOrNull("max_window_layers") ?? 28;
        return config with { Window = QwenWindow(c), WindowLayers = WindowLayers(c, config.Layers, layer => layer >= from) };
    }

    // Every other layer below the limit, where the dense Qwen 2 has all the layers from it on (transformers' two configurations).
    private static ModelConfig Qwen2Moe(ConfigFields c)
    {
        ModelConfig config = Common(c);
        int until = c.SizeOrNull("max_window_layers") ?? 28;
        return config with { Window = QwenWindow(c), WindowLayers = WindowLayers(c, config.Layers, layer => layer % 2 == 0 && layer < until) };
    }

    private static int? QwenWindow(ConfigFields c) => c.Flag("use_sliding_window") ? c.SizeOrNull("sliding_window") : null;

    private static ModelConfig Gemma(ConfigFields c)
    {
        if (c.Flag("use_bidirectional_attention")) throw new ModelException("config.json: use_bidirectional_attention is set, so this model reads both ways and writes no text; only models that read from left to right are supported");
        ModelConfig config = Common(c);
        return config with { Norm = NormKind.RmsPlusOne, EmbeddingScale = Math.Sqrt(config.Width) };
    }

    private static ModelConfig Gemma2(ConfigFields c)
    {
        ModelConfig config = Gemma(c);
        return config with
        {
            NormAfter = true,
            Activation = LayerActivation.Named(c.Text("hidden_activation") ?? "gelu_pytorch_tanh"),   // the first Gemma calls it hidden_act
            AttentionScale = 1 / Math.Sqrt(c.Number("query_pre_attn_scalar") ?? 256),
            AttentionCap = c.Number("attn_logit_softcapping"),
            LogitCap = c.Number("final_logit_softcapping"),
            Window = c.SizeOrNull("sliding_window"),
            WindowLayers = WindowLayers(c, config.Layers, layer => layer % 2 == 0),
        };
    }

    private static ModelConfig Gemma3(ConfigFields c)
    {
        ModelConfig config = Gemma2(c);
        int pattern = c.SizeOrNull("sliding_window_pattern", "_sliding_window_pattern") ?? 6;
        return config with
        {
            NormQueryKey = true,
            WindowLayers = WindowLayers(c, config.Layers, layer => (layer + 1) % pattern != 0),
            WindowRotary = RotaryFields.ReadKind(c, "sliding_attention", config.HeadWidth, c.Number("rope_local_base_freq") ?? 1e4),
        };
    }

    // The larger ones come with a part for pictures, which is left where it is.
    private static ModelConfig Gemma3WithPictures(ConfigFields c)
    {
        ConfigFields text = c.Object("text_config", FamilyDefaults.Of("gemma3_text")) ?? throw new ModelException("config.json has no text_config");
        ModelConfig config = Gemma3(text);
        return config with { Family = "gemma3_text", BeginToken = config.BeginToken ?? c.SizeOrNull("bos_token_id"), EndTokens = c.Integers("eos_token_id") is { Count: > 0 } ends ? ends : config.EndTokens };
    }

    private static ModelConfig Glm(ConfigFields c) => Common(c, interleaved: true, partial: 0.5) with { FusedGate = true };

    private static ModelConfig ChatGlm(ConfigFields c)
    {
        if (c.Has("position_encoding_2d") || c.Has("inner_hidden_size")) throw new ModelException("config.json is of the first ChatGLM-6B, whose positions have two dimensions; ChatGLM2, ChatGLM3 and GLM-4 are supported");
        if (c.SizeOrNull("pre_seq_len") is > 0) throw new ModelException("config.json: pre_seq_len is set, so the model expects a trained prefix before each text, which is not supported");
        if (!c.Flag("post_layer_norm", otherwise: true)) throw new ModelException("config.json: post_layer_norm is false; a ChatGLM without its final norm is not supported");
        int heads = c.Size("num_attention_heads"), headWidth = c.Size("kv_channels");
        return new ModelConfig
        {
            Family = "chatglm",
            Vocabulary = c.Size("padded_vocab_size", "vocab_size"),
            Width = c.Size("hidden_size"),
            Layers = c.Size("num_layers"),
            Heads = heads,
            KeyValueHeads = c.Flag("multi_query_attention") ? c.Size("multi_query_group_num") : heads,
            HeadWidth = headWidth,
            Inner = c.Size("ffn_hidden_size"),
            MaxPositions = c.Size("seq_length"),
            Norm = c.Flag("rmsnorm", otherwise: true) ? NormKind.Rms : NormKind.Layer,
            NormEpsilon = c.Number("layernorm_epsilon") ?? 1e-5,
            Rotary = new RotaryConfig(10000 * (c.Number("rope_ratio") ?? 1), headWidth / 2, Interleaved: true),
            Fused = FusedLayout.Blocks,
            FusedGate = true,
            ResidualAfterNorm = c.Flag("apply_residual_connection_post_layernorm"),
            EndTokens = c.Integers("eos_token_id"),
        };
    }

    private static ModelConfig DeepSeek(ConfigFields c, bool interleaved)
    {
        ModelConfig config = Common(c);
        LatentConfig latent = new(c.SizeOrNull("q_lora_rank"), c.Size("kv_lora_rank"), c.Size("qk_nope_head_dim"), c.Size("qk_rope_head_dim"), c.Size("v_head_dim"))
        {
            // transformers leaves these two norms at their class's own figure, whatever rms_norm_eps says.
            NormEpsilon = config.NormEpsilon == 1e-6 ? null : 1e-6,
        };
        int keyWidth = latent.PlainWidth + latent.RotaryWidth;
        return config with
        {
            HeadWidth = keyWidth,
            KeyValueHeads = config.Heads,
            Latent = latent,
            Rotary = RotaryFields.Read(c, latent.RotaryWidth, interleaved),
            AttentionScale = RotaryFields.LatentScale(c, keyWidth),
        };
    }

    private static IReadOnlyList<bool> WindowLayers(ConfigFields c, int layers, Func<int, bool> otherwise)
    {
        IReadOnlyList<string>? kinds = c.Texts("layer_types");
        if (kinds is null) return [.. Enumerable.Range(0, layers).Select(otherwise)];
        if (kinds.FirstOrDefault(kind => kind is not ("full_attention" or "sliding_attention")) is { } other) throw new ModelException($"config.json: layers of the kind '{other}' are not supported; full_attention and sliding_attention are");
        return kinds.Count == layers ? [.. kinds.Select(kind => kind == "sliding_attention")] : throw new ModelException($"config.json: layer_types has {kinds.Count} entries for {layers} layers");
    }
}
