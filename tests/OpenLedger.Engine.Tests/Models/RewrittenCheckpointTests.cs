using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpenLedger.Engine.Export;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using OpenLedger.Fixtures;

namespace OpenLedger.Engine.Tests.Models;

/// <summary>The same model in another spelling must give the reference's numbers.</summary>
public class RewrittenCheckpointTests
{
    [Fact]
    public void Experts_of_a_layer_in_two_tensors_as_transformers_5_holds_them_are_found()
    {
        using RewrittenCheckpoint moved = new("qwen2-moe", tensors: FuseExperts);
        Agrees(moved);
    }

    [Theory]
    [InlineData("language_model.model.", "language_model.lm_head.")]   // transformers 4
    [InlineData("model.language_model.", "lm_head.")]                  // transformers 5
    [InlineData("", "lm_head.")]                                       // saved without its head's wrapper
    public void A_llama_under_another_outer_name_is_found(string model, string head)
    {
        using RewrittenCheckpoint moved = new("llama", tensors: all => Rename(all, name => name.StartsWith("model.", StringComparison.Ordinal) ? model + name["model.".Length..] : head + name["lm_head.".Length..]));
        Agrees(moved);
    }

    [Theory]
    [InlineData("language_model.model.")]   // transformers 4
    [InlineData("model.language_model.")]   // transformers 5
    public void A_gemma_3_beside_a_part_for_pictures_is_read_and_leaves_as_text_alone(string model)
    {
        using RewrittenCheckpoint pictures = new("gemma3", WithPictures, all => Rename(all, name => name.StartsWith("model.", StringComparison.Ordinal) ? model + name["model.".Length..] : name));
        Agrees(pictures);
        string target = Path.Combine(pictures.Path, "out");
        Directory.CreateDirectory(target);
        using (LanguageModel read = LanguageModel.Load(pictures.Path))
        using (MergedModel merged = new(pictures.Path, read.AdapterBase, null)) CheckpointExport.Write(target, merged, pictures.Path, TestContext.Current.CancellationToken);
        FixtureCase left = Fixtures.Areas.FamiliesArea.Check("gemma3", target, Path.Combine(Fixture.Path("families/gemma3"), "expected.safetensors"));
        Assert.True(left.Passed, left.Detail);
        Assert.Contains("\"gemma3_text\"", File.ReadAllText(Path.Combine(target, "config.json")), StringComparison.Ordinal);
    }

    // Qwen 2 MoE with its shared expert silenced, biases gone and chosen weights made to add up is a Mixtral in other words: both spellings of it must agree.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_mixtral_is_the_mixture_that_it_is_under_qwens_names(bool fused)
    {
        using RewrittenCheckpoint qwen = new("qwen2-moe", config => config["norm_topk_prob"] = true, Plain);
        using RewrittenCheckpoint mixtral = new("qwen2-moe", AsMixtral, all =>
        {
            Plain(all);
            foreach (string name in all.Keys.Where(name => name.Contains("shared_expert", StringComparison.Ordinal)).ToArray()) all.Remove(name);
            if (fused) FuseExperts(all);
            else Rename(all, MixtralName);
        });
        using LanguageModel first = LanguageModel.Load(qwen.Path), second = LanguageModel.Load(mixtral.Path);
        Assert.Equal(Logits(first), Logits(second), (a, b) => Math.Abs(a - b) <= 1e-5);
    }

    [Fact]
    public void Closed_groups_of_experts_stay_closed_where_a_correction_is_negative()
    {
        // The same amount off every expert changes no choice: not the groups', and not the experts' within them.
        using RewrittenCheckpoint lowered = new("deepseek-v3", tensors: all =>
        {
            foreach (string name in all.Keys.Where(name => name.EndsWith("e_score_correction_bias", StringComparison.Ordinal)).ToArray())
                all[name] = (all[name].Shape, [.. all[name].Values.Select(value => value - 5)]);
        });
        Agrees(lowered);
    }

    [Fact]
    public void An_output_layer_that_a_file_brings_counts_though_the_configuration_ties_it()
    {
        using RewrittenCheckpoint untied = new("llama", config => config["tie_word_embeddings"] = true);
        Assert.False(untied.Config.TiedHead);
        Agrees(untied);
    }

    [Fact]
    public void A_folder_that_is_refused_over_its_output_layer_is_let_go()
    {
        using RewrittenCheckpoint packed = new("llama", config => config["tie_word_embeddings"] = true);
        string path = Path.Combine(packed.Path, "model.safetensors");
        SafetensorsWriter.Write(path, [SafetensorsEntry.Of("model.embed_tokens.weight", [1, 2], 1, 2), new SafetensorsEntry("lm_head.weight", SafetensorsType.I32, [1, 1], new byte[4])]);
        Assert.Throws<ModelException>(() => LanguageModel.ReadConfig(packed.Path));
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells which files are mapped");
        Assert.DoesNotContain(path, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_equal_copy_of_the_embedding_stays_tied()
    {
        using RewrittenCheckpoint copied = new("llama-tied-bias", tensors: all => all["lm_head.weight"] = all["model.embed_tokens.weight"]);
        Assert.True(copied.Config.TiedHead);
        Agrees(copied);
    }

    [Fact]
    public void A_fields_absence_means_its_familys_usual_one()
    {
        using RewrittenCheckpoint full = new("gemma2", config =>
        {
            config["attn_logit_softcapping"] = 50;
            config["final_logit_softcapping"] = 30;
        });
        using RewrittenCheckpoint left = new("gemma2", config =>
        {
            config.Remove("attn_logit_softcapping");
            config.Remove("final_logit_softcapping");
            config.Remove("tie_word_embeddings");
            config.Remove("hidden_activation");
        });
        using RewrittenCheckpoint none = new("gemma2", config => config["attn_logit_softcapping"] = null);
        Assert.Equal((full.Config with { WindowLayers = [] }).ToString(), (left.Config with { WindowLayers = [] }).ToString());
        Assert.Null(none.Config.AttentionCap);
    }

    private static void Agrees(RewrittenCheckpoint checkpoint)
    {
        FixtureCase found = checkpoint.AgainstReference();
        Assert.True(found.Passed, found.ToString());
    }

    private static float[] Logits(LanguageModel model) => Fixtures.Areas.Deviation.Logits(model, [5, 17, 200, 3, 88, 42, 301, 9], 1);

    private static void Rename(Dictionary<string, (long[] Shape, float[] Values)> all, Func<string, string> name)
    {
        foreach ((string old, (long[], float[]) tensor) in all.ToArray())
        {
            all.Remove(old);
            all.Add(name(old), tensor);
        }
    }

    private static void Plain(Dictionary<string, (long[] Shape, float[] Values)> all)
    {
        foreach (string name in all.Keys.ToArray())
        {
            if (name.EndsWith("_proj.bias", StringComparison.Ordinal)) all.Remove(name);
            else if (name.EndsWith("shared_expert.down_proj.weight", StringComparison.Ordinal)) all[name] = (all[name].Shape, new float[all[name].Values.Length]);
        }
    }

    private static void WithPictures(JsonObject config)
    {
        JsonNode text = config.DeepClone();
        config.Clear();
        config["model_type"] = "gemma3";
        config["vision_config"] = new JsonObject { ["hidden_size"] = 1152 };
        config["text_config"] = text;
    }

    private static void AsMixtral(JsonObject config)
    {
        config["model_type"] = "mixtral";
        config["num_local_experts"] = config["num_experts"]!.DeepClone();
        config["intermediate_size"] = config["moe_intermediate_size"]!.DeepClone();
        config["sliding_window"] = null;
    }

    private static string MixtralName(string name) => name
        .Replace(".mlp.experts.", ".block_sparse_moe.experts.", StringComparison.Ordinal).Replace(".mlp.gate.", ".block_sparse_moe.gate.", StringComparison.Ordinal)
        .Replace(".gate_proj.", ".w1.", StringComparison.Ordinal).Replace(".up_proj.", ".w3.", StringComparison.Ordinal).Replace(".down_proj.", ".w2.", StringComparison.Ordinal);

    private static void FuseExperts(Dictionary<string, (long[] Shape, float[] Values)> all)
    {
        foreach (string layer in all.Keys.Select(name => Regex.Match(name, @"^(.+\.mlp)\.experts\.0\.gate_proj\.weight$")).Where(match => match.Success).Select(match => match.Groups[1].Value).ToArray())
        {
            int experts = all.Keys.Count(name => name.StartsWith($"{layer}.experts.", StringComparison.Ordinal) && name.EndsWith(".up_proj.weight", StringComparison.Ordinal));
            float[] Take(string part) => [.. all.Remove($"{layer}.experts.{part}.weight", out (long[] Shape, float[] Values) tensor) ? tensor.Values : throw new InvalidOperationException(part)];
            long[] gate = all[$"{layer}.experts.0.gate_proj.weight"].Shape;
            float[] both = [.. Enumerable.Range(0, experts).SelectMany(e => Take($"{e}.gate_proj").Concat(Take($"{e}.up_proj")))];
            float[] down = [.. Enumerable.Range(0, experts).SelectMany(e => Take($"{e}.down_proj"))];
            all[$"{layer}.experts.gate_up_proj"] = ([experts, 2 * gate[0], gate[1]], both);
            all[$"{layer}.experts.down_proj"] = ([experts, gate[1], gate[0]], down);
        }
    }
}
