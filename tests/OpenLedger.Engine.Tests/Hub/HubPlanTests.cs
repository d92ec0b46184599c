using OpenLedger.Engine.Hub;
using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Tests.Hub;

public class HubPlanTests
{
    [Fact]
    public async Task A_plan_says_what_will_come_and_how_large_it_is_before_anything_does()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        HubPlan plan = await world.PlanAsync();
        Assert.Equal(["config.json", "tokenizer.json", "model.safetensors"], plan.Files.Select(file => file.Name));
        Assert.Equal(plan.Files.Sum(file => new FileInfo(Path.Combine(world.Served, file.Name)).Length), plan.Bytes);
        Assert.Equal((HubStandIn.Commit, "apache-2.0", "llama", 512, HubFormat.Safetensors), (plan.Revision, plan.Licence, plan.Family, plan.Context, plan.Format));
        Assert.All(plan.Files, file => Assert.True(file.Sha256 is not null || file.GitBlob is not null));
        Assert.DoesNotContain(world.Hub.Calls, call => call.Path.EndsWith(".safetensors", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hub_that_lists_names_alone_is_asked_for_each_size()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        world.Hub.ListsSizes = false;
        HubPlan plan = await world.PlanAsync();
        Assert.Equal(world.Size, plan.Weights.Size);
        Assert.NotNull(plan.Weights.Sha256);
    }

    [Fact]
    public async Task Shards_come_with_the_index_that_explains_them()
    {
        await using HubWorld world = await HubWorld.StartAsync(folder =>
        {
            File.Move(Path.Combine(folder, "model.safetensors"), Path.Combine(folder, "model-00001-of-00002.safetensors"));
            File.WriteAllText(Path.Combine(folder, "model-00002-of-00002.safetensors"), "more");
            File.WriteAllText(Path.Combine(folder, "model.safetensors.index.json"), "{}");
        });
        Assert.Equal(["model.safetensors.index.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"], (await world.PlanAsync()).Files.Skip(2).Select(file => file.Name));
    }

    [Fact]
    public async Task Of_several_GGUF_files_the_best_is_taken_and_the_others_are_offered()
    {
        await using HubWorld world = await HubWorld.StartAsync(folder =>
        {
            File.Delete(Path.Combine(folder, "model.safetensors"));
            foreach (string type in new[] { "Q4_0", "Q8_0", "IQ2_XXS", "Q6_K" }) File.WriteAllText(Path.Combine(folder, $"tiny.{type}.gguf"), type);
            File.WriteAllText(Path.Combine(folder, "mmproj-tiny-F16.gguf"), "a picture's part");
        });
        HubPlan plan = await world.PlanAsync();
        Assert.Equal(("tiny.Q8_0.gguf", HubFormat.Gguf), (Assert.Single(plan.Files).Name, plan.Format));
        Assert.Equal(["tiny.Q6_K.gguf", "tiny.Q4_0.gguf"], plan.Others.Select(file => file.Name));
        Assert.Equal("tiny.Q4_0.gguf", (await world.PlanAsync(gguf: "tiny.Q4_0.gguf")).Weights.Name);
        Assert.Contains("no file 'tiny.IQ2_XXS.gguf' that can be read", (await world.RefusedAsync(() => world.PlanAsync(gguf: "tiny.IQ2_XXS.gguf"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pytorch_model.bin", "only as pickle or another program's files (pytorch_model.bin)")]
    [InlineData("adapter_config.json", "is an adapter, not a base model")]
    [InlineData("model-00001-of-00002.safetensors", "has 1 of 2 weight files, so it is not whole")]
    [InlineData("tiny-00001-of-00002.gguf", "only in sets that are not whole")]
    [InlineData("notes.txt", "has no model at its top")]
    public async Task A_repository_without_a_readable_model_is_refused_with_what_was_found(string file, string fact)
    {
        await using HubWorld world = await HubWorld.StartAsync(folder => File.Move(Path.Combine(folder, "model.safetensors"), Path.Combine(folder, file)));
        HubException refusal = await world.RefusedAsync(() => world.PlanAsync());
        Assert.Equal(HubFault.Unsupported, refusal.Fault);
        Assert.Contains(fact, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_in_a_tokenizer_model_come_with_what_lies_beside_it_unless_a_tokenizer_json_says_all()
    {
        string[] beside = ["added_tokens.json", "special_tokens_map.json"];
        void Lay(string folder) => Array.ForEach(beside, name => File.WriteAllText(Path.Combine(folder, name), "{}"));
        await using HubWorld pieces = await HubWorld.StartAsync(folder => { Lay(folder); File.Move(Path.Combine(folder, "tokenizer.json"), Path.Combine(folder, "tokenizer.model")); });
        Assert.Equal(["config.json", "tokenizer.model", .. beside, "model.safetensors"], (await pieces.PlanAsync()).Files.Select(file => file.Name));
        await using HubWorld both = await HubWorld.StartAsync(folder => { Lay(folder); File.Copy(Path.Combine(folder, "tokenizer.json"), Path.Combine(folder, "tokenizer.model")); });
        Assert.Equal(["config.json", "tokenizer.json", "model.safetensors"], (await both.PlanAsync()).Files.Select(file => file.Name));
    }

    [Fact]
    public async Task Weights_whose_words_are_missing_are_refused()
    {
        await using HubWorld world = await HubWorld.StartAsync(folder => File.Move(Path.Combine(folder, "tokenizer.json"), Path.Combine(folder, "vocab.json")));
        Assert.Contains("no tokenizer.json and no tokenizer.model", (await world.RefusedAsync(() => world.PlanAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_family_that_is_not_supported_is_refused_before_the_weights_are_asked_for()
    {
        await using HubWorld world = await HubWorld.StartAsync(folder => File.WriteAllText(Path.Combine(folder, "config.json"), """{"model_type":"t5"}"""));
        Assert.Contains("'t5' is not supported; supported are llama", (await Assert.ThrowsAsync<ModelException>(() => world.PlanAsync())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("someone/tiny-llama", "someone/tiny-llama", "main")]
    [InlineData(" https://huggingface.co/someone/tiny-llama/ ", "someone/tiny-llama", "main")]
    [InlineData("huggingface.co/someone/tiny-llama/tree/v1.0", "someone/tiny-llama", "v1.0")]
    [InlineData("someone/tiny-llama@abc123", "someone/tiny-llama", "abc123")]
    [InlineData("gpt2", "gpt2", "main")]
    public void A_name_is_read_as_people_write_it(string text, string id, string revision)
    {
        HubRepository repository = HubRepository.TryParse(text, new HubOptions().Address)!;
        Assert.Equal((id, revision), (repository.Id, repository.Revision));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b/c")]
    [InlineData("../etc")]
    [InlineData("someone/..")]
    [InlineData("some one/model")]
    [InlineData("someone/model?x=1")]
    [InlineData("https://elsewhere.example/someone/model")]
    [InlineData("someone/model@../../x")]
    public void What_is_no_name_is_refused(string text) => Assert.Null(HubRepository.TryParse(text, new HubOptions().Address));
}
