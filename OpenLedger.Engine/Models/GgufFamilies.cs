using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Models;

/// <summary>The table of GGUF architectures: what their metadata means. Reads no weights.</summary>
internal static class GgufFamilies
{
    private static readonly Dictionary<string, Func<GgufFile, ModelConfig, (ModelConfig, WeightNames)>> Table = new(StringComparer.Ordinal)
    {
        ["llama"] = (_, c) => (c, WeightNames.Llama),
        ["qwen2"] = (_, c) => (c, WeightNames.Llama),
        ["qwen3"] = (_, c) => (c with { NormQueryKey = true }, WeightNames.Llama),
        ["gemma"] = (_, c) => (Gemma(c), WeightNames.Llama),
        ["gemma2"] = (f, c) => (Gemma2(f, c), WeightNames.Gemma2),
        ["gemma3"] = (f, c) => (Gemma3(f, c), WeightNames.Gemma2),
        ["gpt2"] = GgufLayerNormFamilies.Gpt2,
        ["bloom"] = GgufLayerNormFamilies.Bloom,
        ["falcon"] = GgufLayerNormFamilies.Falcon,
        ["chatglm"] = ChatGlm,
        ["glm4"] = (_, c) => (Glm(c) with { NormAfter = true }, WeightNames.Glm4),
        ["qwen2moe"] = (f, c) => (GgufMixtures.Qwen(f, c, normalise: false), WeightNames.Llama),
        ["qwen3moe"] = (f, c) => (GgufMixtures.Qwen(f, c with { NormQueryKey = true }, normalise: true), WeightNames.Llama),
        ["deepseek2"] = (f, c) => (GgufMixtures.DeepSeek(f, c), WeightNames.Llama),
    };

    /// <summary>Whether query and key rows come in the order of neighbouring rotary pairs, as llama.cpp's converter leaves LLaMA's.</summary>
    public static bool HasPairedRows(ModelConfig config) => config.Family == "llama";

    /// <summary>Reads the metadata of an open file.</summary>
    public static (ModelConfig Config, WeightNames Names) Read(GgufFile file)
    {
        string family = file.Text("general.architecture") ?? throw new ModelException($"'{Path.GetFileName(file.Path)}' has no general.architecture");
        if (!Table.TryGetValue(family, out Func<GgufFile, ModelConfig, (ModelConfig, WeightNames)>? read))
            throw new ModelException($"the GGUF architecture '{family}' is not supported; supported are {string.Join(", ", Table.Keys)}");
        (ModelConfig config, WeightNames names) = read(file, Common(file, family));
        return (ModelFamilies.Checked(config), names);
    }

    private static ModelConfig Common(GgufFile file, string family)
    {
        int width = Size(file, $"{family}.embedding_length"), heads = Size(file, $"{family}.attention.head_count");
        int headWidth = SizeOrNull(file, $"{family}.attention.key_length") ?? width / Math.Max(1, heads);
        bool latent = file.Integer($"{family}.attention.kv_lora_rank") is not null;
        if (!latent && (SizeOrNull(file, $"{family}.attention.value_length") ?? headWidth) != headWidth) throw new ModelException("value heads of another width than key heads are not supported");
        int positions = Size(file, $"{family}.context_length");
        GgufTensor embedding = file.Find("token_embd.weight") ?? throw new ModelException("the file has no token_embd.weight");
        return new ModelConfig
        {
            Family = family,
            Vocabulary = (int)embedding.Shape[0],
            Width = width,
            Layers = Size(file, $"{family}.block_count"),
            Heads = heads,
            KeyValueHeads = SizeOrNull(file, $"{family}.attention.head_count_kv") ?? heads,
            HeadWidth = headWidth,
            Inner = Size(file, $"{family}.feed_forward_length"),
            MaxPositions = positions,
            NormEpsilon = file.Number($"{family}.attention.layer_norm_rms_epsilon") ?? 1e-6,
            Rotary = Rotary(file, family, headWidth, positions),
            TiedHead = file.Find("output.weight") is null,
            BeginToken = SizeOrNull(file, "tokenizer.ggml.bos_token_id"),
            EndTokens = [.. new[] { "tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id" }.Select(key => SizeOrNull(file, key)).OfType<int>().Distinct()],
        };
    }

    private static RotaryConfig Rotary(GgufFile file, string family, int headWidth, int positions)
    {
        double factor = file.Number($"{family}.rope.scaling.factor") ?? file.Number($"{family}.rope.scale_linear") ?? 1;   // its older name
        double original = file.Number($"{family}.rope.scaling.original_context_length") ?? positions;
        return new RotaryConfig(file.Number($"{family}.rope.freq_base") ?? 10000, SizeOrNull(file, $"{family}.rope.dimension_count") ?? headWidth)
        {
            Divisors = file.Find("rope_freqs.weight") is null ? null : file.Dequantize("rope_freqs.weight"),
            // llama.cpp takes a factor without a type for a linear one.
            Scaling = file.Text($"{family}.rope.scaling.type") switch
            {
                "none" => null,
                null => factor is 0 or 1 ? null : new RotaryScaling.Linear(factor),
                "linear" => new RotaryScaling.Linear(factor),
                "yarn" => Yarn(file, $"{family}.rope.scaling", factor, original),
                string other => throw new ModelException($"the rotary scaling '{other}' is not supported; none, linear and yarn are"),
            },
        };
    }

    private static RotaryScaling.Yarn Yarn(GgufFile file, string keys, double factor, double original)
    {
        if (file.Number($"{keys}.yarn_ext_factor") is not (null or 1)) throw new ModelException("the file stretches positions by a YaRN of which only a part counts (yarn_ext_factor), which is not supported");
        double temperature = RotaryFields.YarnTemperature(factor) * (file.Number($"{keys}.attn_factor") ?? 1) * (file.Number($"{keys}.yarn_attn_factor") ?? 1);
        return new RotaryScaling.Yarn(factor, file.Number($"{keys}.yarn_beta_fast") ?? 32, file.Number($"{keys}.yarn_beta_slow") ?? 1, original) { AttentionFactor = temperature };
    }

    // The converter has already added Gemma's 1 to the norms' weights.
    private static ModelConfig Gemma(ModelConfig config) => config with { EmbeddingScale = Math.Sqrt(config.Width), Activation = Activation.GeluTanh };

    private static ModelConfig Gemma2(GgufFile file, ModelConfig config) => Gemma(config) with
    {
        NormAfter = true,
        AttentionCap = file.Number("gemma2.attn_logit_softcapping"),
        LogitCap = file.Number("gemma2.final_logit_softcapping"),
        Window = SizeOrNull(file, "gemma2.attention.sliding_window"),
        WindowLayers = [.. Enumerable.Range(0, config.Layers).Select(layer => layer % 2 == 0)],
        // Gemma 2 27B alone scales by width / heads, which the metadata does not say (llama.cpp tells it by its 46 layers).
        AttentionScale = config.Layers == 46 ? 1 / Math.Sqrt((double)config.Width / config.Heads) : null,
    };

    private static ModelConfig Gemma3(GgufFile file, ModelConfig config) => Gemma(config) with
    {
        NormAfter = true,
        NormQueryKey = true,
        Window = SizeOrNull(file, "gemma3.attention.sliding_window"),
        WindowLayers = [.. Enumerable.Range(0, config.Layers).Select(layer => (layer + 1) % Math.Max(1, SizeOrNull(file, "gemma3.attention.sliding_window_pattern") ?? 6) != 0)],
        WindowRotary = new RotaryConfig(file.Number("gemma3.rope.freq_base_swa") ?? 10000, config.HeadWidth),
        // As for Gemma 2 27B; Gemma 3 27B has 62 layers.
        AttentionScale = config.Layers == 62 ? 1 / Math.Sqrt((double)config.Width / config.Heads) : null,
    };

    // GLM-4 of the older kind comes as ChatGLM with one projection; of the newer kind under the same name with three.
    private static (ModelConfig, WeightNames) ChatGlm(GgufFile file, ModelConfig config) => file.Find("blk.0.attn_qkv.weight") is null
        ? (Glm(config), WeightNames.Glm)
        : (Glm(config) with { Fused = FusedLayout.Blocks }, WeightNames.ChatGlm);

    private static ModelConfig Glm(ModelConfig config) => config with { FusedGate = true, Rotary = config.Rotary! with { Interleaved = true } };

    /// <summary>A size that must be there.</summary>
    internal static int Size(GgufFile file, string key) => SizeOrNull(file, key) ?? throw new ModelException($"the file has no {key}");

    internal static int? SizeOrNull(GgufFile file, string key) => file.Integer(key) switch
    {
        null => null,
        >= 0 and <= 1 << 24 and var size => (int)size,
        var other => throw new ModelException($"{key} is {other}, which is no size"),
    };
}
