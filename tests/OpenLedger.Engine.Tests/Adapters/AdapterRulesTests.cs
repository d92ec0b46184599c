using System.Text.Json.Nodes;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tests.Models;
using OpenLedger.Fixtures.Areas;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Tests.Adapters;

/// <summary>PEFT's rules where no reference adapter shows them.</summary>
public sealed class AdapterRulesTests : IDisposable
{
    private const string Key = "base_model.model.";
    private readonly LanguageModel _model = LanguageModelTests.Llama();

    public void Dispose() => _model.Dispose();

    // PEFT took a part of the base off before this run, and takes it off again when it loads what the run saved.
    [Fact]
    public void An_unconverted_pissa_file_gives_the_logits_of_the_converted_one()
    {
        using RewrittenAdapter raw = new(null, config =>
        {
            (config["r"], config["lora_alpha"], config["init_lora_weights"]) = (4, 4, "pissa");
            config["target_modules"] = new JsonArray("q_proj", "v_proj", "down_proj");
        }, all =>
        {
            foreach ((string name, (long[], float[]) tensor) in RewrittenAdapter.Stored(Fixture.Path("peft/training/trajectories/pissa.safetensors")).Where(tensor => tensor.Key.StartsWith("step30.", StringComparison.Ordinal)))
                all.Add(name["step30.".Length..], tensor);
        });
        Assert.True(Deviation.Of(raw.Logits(_model), RewrittenAdapter.Reference("peft/training/pissa_converted")) < 1e-4);
    }

    // QR of W: the columns up to r of Q and the rows up to r of R give W's projection onto its own first r columns.
    [Fact]
    public void An_olora_file_stands_on_a_base_without_its_projection_on_its_first_columns()
    {
        using RewrittenAdapter begun = new("llama/rslora-r8", config => config["init_lora_weights"] = "olora");
        using RewrittenAdapter plain = new("llama/rslora-r8", _ => { });
        using LoraWeights olora = begun.ReadOn(_model), lora = plain.ReadOn(_model);
        foreach ((string module, LoraPair pair) in lora.Pairs)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor weight = _model.WeightOf(module).to(float64), first = weight.narrow(1, 0, 8);
            Tensor projected = first.mm(linalg.inv(first.t().mm(first))).mm(first.t()).mm(weight);
            Tensor expected = (pair.B.mm(pair.A).to(float64) - projected) * pair.Scale;
            Tensor found = olora.Pairs[module].B.mm(olora.Pairs[module].A).to(float64) * olora.Pairs[module].Scale;
            Assert.True((expected - found).abs().max().ToDouble() < 1e-4, module);
        }
    }

    [Theory]
    [InlineData("\"corda\"", "changing the base (init_lora_weights 'corda')")]
    [InlineData("\"loftq\"", "changing the base (init_lora_weights 'loftq')")]
    [InlineData("\"pissa_niter_16\"", "path_initial_model_for_weight_conversion")]
    public void A_start_that_changed_the_base_past_telling_is_refused(string start, string fact) => Refused(config => config["init_lora_weights"] = JsonNode.Parse(start), fact);

    [Theory]
    [InlineData("\"gaussian\"")]
    [InlineData("\"eva\"")]
    [InlineData("\"orthogonal\"")]
    [InlineData("false")]
    public void A_start_that_leaves_the_base_alone_changes_nothing(string start)
    {
        using RewrittenAdapter same = new("llama/lora-r4-all-linear", config => config["init_lora_weights"] = JsonNode.Parse(start));
        Assert.True(Deviation.Of(same.Logits(_model), RewrittenAdapter.Reference("peft/adapters/llama/lora-r4-all-linear")) < 1e-4);
    }

    [Fact]
    public void Unconverted_files_are_refused_on_a_base_of_few_bits()
    {
        using LanguageModel few = LanguageModel.Load(Fixture.Path("families/llama"), form: BaseForm.Nf4);
        using RewrittenAdapter begun = new("llama/rslora-r8", config => config["init_lora_weights"] = "pissa");
        Assert.Contains("base in float32", Assert.Throws<AdapterException>(() => begun.ReadOn(few)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_saved_whole_is_all_that_lies_in_it()
    {
        Dictionary<string, (long[] Shape, float[] Values)> own = [];
        using RewrittenCheckpoint changed = new("llama", tensors: all =>
        {
            foreach (string name in all.Keys.Where(name => name.StartsWith("model.layers.1.mlp.", StringComparison.Ordinal)).ToArray())
                own[Key + name] = all[name] = (all[name].Shape, [.. all[name].Values.Select((value, i) => value * 0.5f + i % 7 * 0.01f)]);
        });
        using RewrittenAdapter saving = new("llama/rslora-r8", config => config["modules_to_save"] = new JsonArray("layers.1.mlp"), all =>
        {
            Without(all);
            foreach ((string name, (long[], float[]) tensor) in own) all[name] = tensor;
        });
        using RewrittenAdapter plain = new("llama/rslora-r8", config => config["exclude_modules"] = new JsonArray("layers.1.mlp.down_proj"), Without);
        using LanguageModel other = LanguageModel.Load(changed.Path);
        Assert.True(Deviation.Of(saving.Logits(_model), plain.Logits(other)) < 1e-5);

        static void Without(Dictionary<string, (long[] Shape, float[] Values)> all)
        {
            foreach (string name in all.Keys.Where(name => name.Contains("layers.1.mlp.", StringComparison.Ordinal)).ToArray()) all.Remove(name);
        }
    }

    [Fact]
    public void Tokens_of_the_embedding_may_be_named_with_it()
    {
        using RewrittenAdapter named = new("llama/trainable-tokens", config => config["trainable_token_indices"] = new JsonObject { ["embed_tokens"] = config["trainable_token_indices"]!.DeepClone() });
        Assert.True(Deviation.Of(named.Logits(_model), RewrittenAdapter.Reference("peft/adapters/llama/trainable-tokens")) < 1e-4);
        Refused(config => config["trainable_token_indices"] = new JsonObject { ["lm_head"] = new JsonArray(1, 2) }, "single tokens of 'lm_head'");
        Refused(config => config["trainable_token_indices"] = new JsonObject { ["lm_head"] = new JsonArray(1), ["embed_tokens"] = new JsonArray(1) }, "or one of the embedding");
    }

    [Fact]
    public void Layers_beside_a_pattern_of_whole_names_are_refused_as_in_PEFT() => Refused(config =>
    {
        config["target_modules"] = ".*q_proj";
        config["layers_to_transform"] = new JsonArray(0);
    }, "layers_to_transform cannot stand");

    // re.match(rf".*\.{pattern}\.(\d+)\.", key) for the first pattern that fits; without one, the last number that has a name on either side.
    [Theory]
    [InlineData("model.layers.3.mlp.experts.7.up_proj", null, 7)]
    [InlineData("model.layers.3.mlp.experts.7.up_proj", "layers", 3)]
    [InlineData("model.layers.3.mlp.experts.7.up_proj", "layer[s]?", 3)]
    [InlineData("model.layers.3.mlp.experts.7.up_proj", "h,experts", 7)]
    [InlineData("model.layers.3.mlp.experts.7.up_proj", "h", null)]
    [InlineData("transformer.h.12.attn.c_attn", "h", 12)]
    [InlineData("layers.3.up_proj", null, null)]   // nothing before the name before the number
    public void A_layers_number_is_found_as_PEFT_finds_it(string module, string? patterns, int? layer) =>
        Assert.Equal(layer, new LoraConfig(4, 8, 0, ["up_proj"]) { LayersPattern = patterns?.Split(',') }.LayerOf(module));

    [Theory]
    [InlineData(@"(?P<kind>q|v)_proj", "model.layers.0.self_attn.q_proj", true)]
    [InlineData(@"^model\.layers\.0\..*_proj", "model.layers.0.self_attn.q_proj", true)]
    [InlineData(@"^layers\.0\..*_proj", "model.layers.0.self_attn.q_proj", false)]
    [InlineData(@"layers\.(?P<n>\d)\.layers(?P=n)", "model.layers.1.layers1", true)]
    [InlineData(@"_proj", "model.layers.0.self_attn.q_proj", false)]
    [InlineData(@"self_attn\.q_proj\Z", "model.layers.0.self_attn.q_proj", true)]
    public void A_rank_pattern_is_a_tail_in_Pythons_spelling(string pattern, string module, bool fits) =>
        Assert.Equal(fits ? 2 : 4, new LoraConfig(4, 8, 0, ["q_proj"]) { RankPattern = [KeyValuePair.Create(pattern, 2)] }.RankFor(module));

    [Fact]
    public void The_word_for_all_linear_layers_may_be_written_large_and_the_rank_left_out()
    {
        using RewrittenAdapter loud = new("llama/lora-r4-all-linear", config => config["target_modules"] = "All-Linear");
        using LoraWeights read = loud.ReadOn(_model);
        Assert.Equal(_model.Linears.Keys, read.Pairs.Keys);
        using RewrittenAdapter usual = new("llama/rslora-r8", config => config.Remove("r"));
        using LoraWeights eight = usual.ReadOn(_model);
        Assert.Equal(8, eight.Config.Rank);
    }

    private void Refused(Action<JsonObject> config, string fact)
    {
        using RewrittenAdapter adapter = new("llama/trainable-tokens", config);
        Assert.Contains(fact, Assert.Throws<AdapterException>(() => adapter.ReadOn(_model)).Message, StringComparison.Ordinal);
    }
}
