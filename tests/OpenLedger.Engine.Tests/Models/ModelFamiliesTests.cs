using System.Text;
using System.Text.Json.Nodes;
using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Tests.Models;

/// <summary>What a <c>config.json</c> means, by the rules of transformers' own configuration classes.</summary>
public class ModelFamiliesTests
{
    private const string Small = """
        "vocab_size":64,"hidden_size":32,"intermediate_size":48,"num_hidden_layers":6,"num_attention_heads":4,"num_key_value_heads":2,"max_position_embeddings":256
        """;

    private const string Latent = """
        "q_lora_rank":8,"kv_lora_rank":8,"qk_nope_head_dim":8,"qk_rope_head_dim":4,"v_head_dim":8,"n_routed_experts":8,"num_experts_per_tok":2,"moe_intermediate_size":16
        """;

    private const string ChatGlm = """
        "model_type":"chatglm","padded_vocab_size":64,"hidden_size":32,"num_layers":2,"num_attention_heads":4,"kv_channels":8,"ffn_hidden_size":48,"seq_length":64
        """;

    // configuration_qwen2.py, _qwen2_moe.py, _qwen3_moe.py, _mistral.py, _gemma2.py: 'w' sees a window, '.' sees all.
    [Theory]
    [InlineData("qwen2", """ "use_sliding_window":true,"sliding_window":7,"max_window_layers":4 """, "....ww")]
    [InlineData("qwen2", """ "use_sliding_window":true,"max_window_layers":4 """, "....ww")]
    [InlineData("qwen2", """ "use_sliding_window":false,"sliding_window":7,"max_window_layers":0 """, "......")]
    [InlineData("qwen2", """ "max_window_layers":null """, "......")]
    [InlineData("qwen2_moe", """ "max_window_layers":null """, "......")]
    [InlineData("qwen2_moe", """ "use_sliding_window":true,"sliding_window":7,"max_window_layers":4 """, "w.w...")]
    [InlineData("qwen2_moe", """ "use_sliding_window":true,"sliding_window":7 """, "w.w.w.")]
    [InlineData("qwen3_moe", """ "use_sliding_window":true,"sliding_window":7,"max_window_layers":4 """, "wwwwww")]
    [InlineData("qwen3_moe", """ "sliding_window":7 """, "......")]
    [InlineData("mistral", """ "sliding_window":null """, "......")]
    [InlineData("mistral", """ "rope_theta":10000 """, "wwwwww")]
    [InlineData("gemma2", """ "sliding_window":7 """, "w.w.w.")]
    [InlineData("gemma3_text", """ "sliding_window":7 """, "wwwww.")]
    [InlineData("gemma3_text", """ "sliding_window":7,"sliding_window_pattern":3 """, "ww.ww.")]
    [InlineData("gemma3_text", """ "sliding_window":7,"layer_types":["full_attention","sliding_attention","full_attention","full_attention","full_attention","sliding_attention"] """, ".w...w")]
    public void The_layers_with_a_window_are_those_of_the_reference(string family, string fields, string layers)
    {
        ModelConfig config = Read(family, fields);
        Assert.Equal(layers, string.Concat(Enumerable.Range(0, 6).Select(layer => config.IsWindowed(layer) ? 'w' : '.')));
    }

    [Theory]
    [InlineData("""{"type":"yarn","factor":40,"mscale":0.707,"mscale_all_dim":0.707,"original_max_position_embeddings":64}""", 1.0, 1.5896)]   // DeepSeek V2's own; 1.2608 squared
    [InlineData("""{"type":"yarn","factor":40,"mscale":1.0,"mscale_all_dim":0,"original_max_position_embeddings":64}""", 1.36889, 1.0)]
    [InlineData("""{"type":"yarn","factor":40,"mscale":0.5,"mscale_all_dim":0,"original_max_position_embeddings":64}""", 1.36889, 1.0)]         // one of the two at 0: as if neither
    [InlineData("""{"type":"yarn","factor":4,"attention_factor":1.5,"original_max_position_embeddings":64}""", 1.5, 1.0)]
    [InlineData("""{"type":"yarn","factor":null,"original_max_position_embeddings":64}""", 1.13863, 1.0)]                                        // 256 / 64
    [InlineData("""{"type":"default","mscale_all_dim":1.0,"factor":40}""", null, 1.0)]
    public void Yarn_warms_the_tables_and_the_scores_as_deepseek_says(string scaling, double? tables, double scores)
    {
        foreach (string family in (string[])["deepseek_v2", "deepseek_v3"])
        {
            ModelConfig config = Read(family, $"{Latent}, \"n_group\":1, \"topk_group\":1, \"rope_scaling\":{scaling}");
            Assert.Equal(tables, (config.Rotary!.Scaling as RotaryScaling.Yarn)?.AttentionFactor, (a, b) => a == b || Math.Abs(a!.Value - b!.Value) < 1e-4);
            Assert.Equal(scores, config.AttentionScale!.Value * Math.Sqrt(12), 3);
        }
    }

    [Fact]
    public void Deepseeks_narrow_norms_keep_their_own_epsilon()
    {
        Assert.Equal(1e-6, Read("deepseek_v3", $"{Latent}, \"n_group\":1, \"topk_group\":1, \"rms_norm_eps\":1e-5").Latent!.NormEpsilon);
        Assert.Null(Read("deepseek_v3", $"{Latent}, \"n_group\":1, \"topk_group\":1, \"rms_norm_eps\":1e-6").Latent!.NormEpsilon);
    }

    [Fact]
    public void Only_the_third_deepseek_lets_its_pairs_be_halves()
    {
        Assert.True(Read("deepseek_v2", $"{Latent}, \"rope_interleave\":false").Rotary!.Interleaved);
        Assert.False(Read("deepseek_v3", $"{Latent}, \"n_group\":1, \"topk_group\":1, \"rope_interleave\":false").Rotary!.Interleaved);
    }

    [Fact]
    public void Deepseeks_shared_experts_are_two_or_one_where_nothing_is_said()
    {
        Assert.Equal(32, Read("deepseek_v2", Latent).Mixture!.SharedInner);
        Assert.Equal(16, Read("deepseek_v3", $"{Latent}, \"n_group\":2, \"topk_group\":1").Mixture!.SharedInner);
        Assert.Equal(2.5, Read("deepseek_v3", $"{Latent}, \"n_group\":2, \"topk_group\":1").Mixture!.Scale);
        Assert.Equal([false, false, false, true, true, true], Read("deepseek_v3", $"{Latent}, \"n_group\":2, \"topk_group\":1").Mixture!.Layers);
    }

    [Theory]
    [InlineData("qwen2_moe", """ "decoder_sparse_step":2,"mlp_only_layers":[3] """, ".m...m")]
    [InlineData("qwen3_moe", """ "mlp_only_layers":[0,5] """, ".mmmm.")]
    public void Layers_without_experts_are_named_or_counted(string family, string fields, string layers) =>
        Assert.Equal(layers, string.Concat(Read(family, $"""{fields}, "num_experts":4, "num_experts_per_tok":2""").Mixture!.Layers.Select(mixed => mixed ? 'm' : '.')));

    [Theory]
    [InlineData("gemma", """ "hidden_act":"gelu","hidden_activation":null """, Activation.Gelu)]
    [InlineData("gemma", """ "rope_theta":10000 """, Activation.GeluTanh)]
    [InlineData("gemma2", """ "hidden_act":"gelu" """, Activation.GeluTanh)]
    [InlineData("llama", """ "hidden_act":"relu" """, Activation.Relu)]
    [InlineData("llama", """ "rope_theta":10000 """, Activation.Silu)]
    public void The_activation_is_the_field_that_the_reference_reads(string family, string fields, Activation activation) => Assert.Equal(activation, Read(family, fields).Activation);

    [Fact]
    public void A_gemma_3_with_pictures_is_its_text_part()
    {
        ModelConfig config = LanguageModel.ReadConfig(Encoding.UTF8.GetBytes("""
            {"model_type":"gemma3","eos_token_id":[1,106],"vision_config":{"hidden_size":1152},
             "text_config":{"model_type":"gemma3_text","hidden_size":2560,"intermediate_size":10240,"num_hidden_layers":34,"sliding_window":1024,"rope_scaling":{"factor":8.0,"rope_type":"linear"}}}
            """));
        Assert.Equal(("gemma3_text", 262208, 8, 4, 256, true), (config.Family, config.Vocabulary, config.Heads, config.KeyValueHeads, config.HeadWidth, config.TiedHead));
        Assert.Equal((1e6, new RotaryScaling.Linear(8)), (config.Rotary!.Base, config.Rotary.Scaling));
        Assert.Equal((1e4, null), (config.WindowRotary!.Base, config.WindowRotary.Scaling));
        Assert.Equal([1, 106], config.EndTokens);
    }

    [Fact]
    public void A_chatglm_may_take_its_residual_after_the_norm() =>
        Assert.True(LanguageModel.ReadConfig(Encoding.UTF8.GetBytes($"{{{ChatGlm}, \"apply_residual_connection_post_layernorm\":true}}")).ResidualAfterNorm);

    [Theory]
    [InlineData("gemma3_text", """ "use_bidirectional_attention":true """, "reads both ways")]
    [InlineData("llama", """ "layer_types":["full_attention"],"rope_parameters":{"full_attention":{"rope_type":"default","rope_theta":10000}} """, "settings for each kind of layer")]
    [InlineData("llama", """ "rope_scaling":{"rope_type":"longrope","short_factor":[1],"long_factor":[1]} """, "'longrope' is not supported")]
    [InlineData("llama", """ "hidden_act":"xielu" """, "the activation 'xielu' is not supported")]
    [InlineData("qwen2", """ "layer_types":["full_attention","chunked_attention","full_attention","full_attention","full_attention","full_attention"] """, "layers of the kind 'chunked_attention'")]
    [InlineData("llama", """ "quantization_config":{"quant_method":"gptq","bits":4} """, "packed by 'gptq'")]
    [InlineData("mistral", """ "sliding_window":0 """, "a sliding window of 0 tokens")]
    [InlineData("qwen3_moe", """ "num_experts":4 """, "8 of 4 experts a token")]
    [InlineData("falcon", """ "new_decoder_architecture":true,"parallel_attn":false """, "new_decoder_architecture without parallel_attn")]
    public void What_would_run_wrongly_is_refused_in_a_sentence(string family, string fields, string fact) =>
        Assert.Contains(fact, Assert.Throws<ModelException>(() => Read(family, fields)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("deepseek_v2", "\"topk_method\":\"noaux_tc\"", "experts chosen by 'noaux_tc' from 'softmax' scores")]
    [InlineData("deepseek_v3", "\"scoring_func\":\"softmax\"", "experts chosen by 'noaux_tc' from 'softmax' scores")]
    [InlineData("deepseek_v3", "\"n_group\":8,\"topk_group\":4", "2 of 8 experts a token, 4 of 8 groups open")]   // a group is judged by two
    [InlineData("deepseek_v3", "\"n_group\":4,\"topk_group\":1,\"num_experts_per_tok\":4", "4 of 8 experts a token, 1 of 4 groups open")]
    public void Routing_that_cannot_be_is_refused(string family, string fields, string fact)
    {
        JsonObject json = JsonNode.Parse($"{{{Small},{Latent}}}")!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse($"{{{fields}}}")!.AsObject().ToArray()) json[name] = value?.DeepClone();
        json["model_type"] = family;
        Assert.Contains(fact, Assert.Throws<ModelException>(() => LanguageModel.ReadConfig(Encoding.UTF8.GetBytes(json.ToJsonString()))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"position_encoding_2d\":true", "first ChatGLM-6B")]
    [InlineData("\"pre_seq_len\":128", "pre_seq_len is set")]
    [InlineData("\"post_layer_norm\":false", "without its final norm")]
    public void Other_chatglms_are_refused(string field, string fact) =>
        Assert.Contains(fact, Assert.Throws<ModelException>(() => LanguageModel.ReadConfig(Encoding.UTF8.GetBytes($"{{{ChatGlm},{field}}}"))).Message, StringComparison.Ordinal);

    private static ModelConfig Read(string family, string fields) => LanguageModel.ReadConfig(Encoding.UTF8.GetBytes($"{{\"model_type\":\"{family}\",{Small},{fields}}}"));
}
