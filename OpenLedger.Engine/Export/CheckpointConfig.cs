using System.Text.Json;
using System.Text.Json.Nodes;
using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Export;

/// <summary>The <c>config.json</c> of a merged model: the base's own, or one written from what a GGUF file says. Writes no weights.</summary>
internal static class CheckpointConfig
{
    public const string Name = "config.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Dictionary<string, (string Type, string Class)> Families = new(StringComparer.Ordinal)
    {
        ["llama"] = ("llama", "LlamaForCausalLM"),
        ["qwen2"] = ("qwen2", "Qwen2ForCausalLM"),
        ["qwen3"] = ("qwen3", "Qwen3ForCausalLM"),
        ["gemma"] = ("gemma", "GemmaForCausalLM"),
        ["gemma2"] = ("gemma2", "Gemma2ForCausalLM"),
        ["gemma3"] = ("gemma3_text", "Gemma3ForCausalLM"),
    };

    /// <summary>Writes it into the folder.</summary>
    /// <exception cref="ExportException">config.json has no place for something the base is.</exception>
    public static void Write(string folder, MergedModel model, string basePath)
    {
        JsonObject json = Directory.Exists(basePath) ? TextOnly(JsonNode.Parse(File.ReadAllBytes(Path.Combine(basePath, Name)))!.AsObject()) : Of(model);
        json["tie_word_embeddings"] = model.IsTied;
        json["torch_dtype"] = "float32";
        if (json.ContainsKey("dtype")) json["dtype"] = "float32";   // its name since transformers 5
        json.Remove("quantization_config");
        File.WriteAllBytes(Path.Combine(folder, Name), JsonSerializer.SerializeToUtf8Bytes(json, Indented));
    }

    // Of a base with a part for pictures only the text's part is exported.
    private static JsonObject TextOnly(JsonObject json)
    {
        if (json["model_type"]?.GetValue<string>() != "gemma3" || json["text_config"] is not JsonObject text) return json;
        JsonObject own = text.DeepClone().AsObject();
        own["model_type"] = "gemma3_text";
        own["architectures"] = new JsonArray("Gemma3ForCausalLM");
        foreach (string token in (string[])["bos_token_id", "eos_token_id", "pad_token_id"])
        {
            if (json[token] is { } set) own[token] = set.DeepClone();
        }
        return own;
    }

    private static JsonObject Of(MergedModel model)
    {
        ModelConfig config = model.Config;
        if (!Families.TryGetValue(config.Family, out (string Type, string Class) found)) throw new ExportException($"a GGUF base of the family '{config.Family}' says less than a config.json needs; {string.Join(", ", Families.Keys)} can be written so: export GGUF instead");
        (string type, string name) = found;
        JsonObject json = new()
        {
            ["architectures"] = new JsonArray(name),
            ["model_type"] = type,
            ["vocab_size"] = config.Vocabulary,
            ["hidden_size"] = config.Width,
            ["intermediate_size"] = config.Inner,
            ["num_hidden_layers"] = config.Layers,
            ["num_attention_heads"] = config.Heads,
            ["num_key_value_heads"] = config.KeyValueHeads,
            ["head_dim"] = config.HeadWidth,
            ["max_position_embeddings"] = config.MaxPositions,
            ["rms_norm_eps"] = Short(config.NormEpsilon),
            ["rope_theta"] = Short(config.Rotary!.Base),
            ["rope_scaling"] = Scaling(config.Rotary),
            ["attention_bias"] = model.Shapes.Any(tensor => tensor.Key.EndsWith($"{model.Names.Output}.bias", StringComparison.Ordinal)),
            ["mlp_bias"] = model.Shapes.Any(tensor => tensor.Key.EndsWith($"{model.Names.Down}.bias", StringComparison.Ordinal)),
            ["bos_token_id"] = config.BeginToken,
            ["eos_token_id"] = config.EndTokens is [int only] ? only : new JsonArray([.. config.EndTokens.Select(id => (JsonNode)id)]),
            ["use_cache"] = true,
        };
        if (type.StartsWith("gemma", StringComparison.Ordinal)) AddGemma(json, config);
        else json["hidden_act"] = "silu";
        return json;
    }

    private static void AddGemma(JsonObject json, ModelConfig config)
    {
        json["hidden_activation"] = "gelu_pytorch_tanh";
        json["hidden_act"] = "gelu_pytorch_tanh";
        if (config.Family == "gemma") return;
        json["query_pre_attn_scalar"] = config.AttentionScale is { } scale ? Math.Round(1 / (scale * scale)) : config.HeadWidth;
        json["attn_logit_softcapping"] = config.AttentionCap;
        json["final_logit_softcapping"] = config.LogitCap;
        json["sliding_window"] = config.Window;
        json["layer_types"] = new JsonArray([.. Enumerable.Range(0, config.Layers).Select(layer => (JsonNode)(config.IsWindowed(layer) ? "sliding_attention" : "full_attention"))]);
        if (config.WindowRotary is { } window) json["rope_local_base_freq"] = Short(window.Base);
    }

    private static JsonObject? Scaling(RotaryConfig rotary)
    {
        if (rotary.Divisors is not null)
        {
            RotaryScaling.Llama3 found = RotaryDivisors.Llama3(rotary) ?? throw new ExportException("the base's rotary frequencies are stretched in a way that config.json cannot say: export GGUF instead");
            return new JsonObject { ["rope_type"] = "llama3", ["factor"] = found.Factor, ["low_freq_factor"] = found.LowFactor, ["high_freq_factor"] = found.HighFactor, ["original_max_position_embeddings"] = (long)found.OriginalPositions };
        }
        return rotary.Scaling switch
        {
            RotaryScaling.Linear linear => new JsonObject { ["rope_type"] = "linear", ["type"] = "linear", ["factor"] = linear.Factor },
            RotaryScaling.Yarn yarn => new JsonObject { ["rope_type"] = "yarn", ["type"] = "yarn", ["factor"] = yarn.Factor, ["original_max_position_embeddings"] = (long)yarn.OriginalPositions },
            _ => null,
        };
    }

    // GGUF's float32 as the number that was meant: 1e-05, not 9.99999974e-06.
    private static double Short(double value) => double.Parse(((float)value).ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
