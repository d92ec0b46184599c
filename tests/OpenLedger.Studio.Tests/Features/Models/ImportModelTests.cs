using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Tests.Hub;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Models;
using OpenLedger.Studio.Features.Serving;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Models;

/// <summary>A model from a hub on its way in: cut, stopped, damaged, gated, taken up again.</summary>
public class ImportModelTests
{
    [Fact]
    public async Task A_model_from_the_hub_is_cut_in_the_middle_goes_on_is_tried_and_stands_among_the_bases()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        world.Hub.Misbehave(ImportWorld.Weights, new HubMisdeed.Cut(200_000));
        ModelDocument model = await world.ImportAsync(ImportWorld.Ann);

        Assert.Equal(("tiny-gpt2", "GPT-2", "apache-2.0", 128, ModelState.Published), (model.Name, model.Family, model.Licence, model.Context, model.State));
        Assert.Equal(($"{world.Hub.Address.Authority}/{ImportWorld.Repository}", HubStandIn.Commit, ImportWorld.Ann.Address), (model.Origin!.From, model.Origin.Revision, model.Origin.By));
        Assert.Null(model.Owner); // whoever brings a model in is not its developer
        Assert.Equal((true, true, TryModel.Tokens), (model.Check!.KeepsText, model.Check.HasTemplate, model.Check.Tokens));
        string folder = Path.Combine(world.Folders.Root, model.Path);
        Assert.Equal(["config.json", "model.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetDirectories(world.Folders.Arrivals));
        Assert.Contains(world.Get<BaseModels>().All(), known => known.Id == model.Id);
    }

    [Fact]
    public async Task An_imported_model_of_another_family_with_a_short_context_is_trained_on_and_answers_with_its_adapter()
    {
        await using ImportWorld world = await ImportWorld.StartAsync(template: null, marks: false);
        ModelDocument model = await world.ImportAsync(ImportWorld.Ann);
        Assert.False(model.Check!.HasTemplate);

        TrainingInput input = new("On gpt2", model.Id, ["medquad-sample-1"], "quick", false, new TrainingRecipe { Rank = 2, BatchSize = 1, SequenceLength = 96, MaxSteps = 2, EvaluationRows = 1, EvaluationShare = 0.01 }, 0);
        StartedTraining started = await world.Get<StartTraining>().StartAsync(input, ImportWorld.Bob, ImportWorld.Cancel);
        Assert.Empty(started.Problems);
        JobRow run = await world.UntilAsync(started.RunId!, row => row.IsOver);
        Assert.True(run.State == JobState.Finished, run.Error);

        ModelDocument adapter = world.ModelOf($"adapter-{started.RunId}");
        using ModelLease lease = await world.Get<ServedModels>().TakeAsync(adapter, ImportWorld.Cancel);
        Assert.Equal(model.Id, lease.Base.Id);
        int[] prompt = lease.Chat.Encode([new(OpenLedger.Engine.Templates.ChatTurn.User, "Hello")]);
        List<GenerationUpdate> updates = [];
        await foreach (GenerationUpdate update in lease.Generator.RunAsync(new GenerationRequest(prompt) { MaxTokens = 5, Adapter = lease.Adapter, Sampling = SamplingOptions.Greedy }, ImportWorld.Cancel)) updates.Add(update);
        Assert.InRange(updates[^1].Summary!.TokensOut, 1, 5);

        Assert.Contains("An adapter stands on it and could not answer without it: On gpt2", (await world.Get<RemoveModel>().RemoveAsync(ImportWorld.Ann, model.Id, ImportWorld.Cancel))!.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_goes_on_where_it_was_after_the_Studio_came_up_again()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        TaskCompletionSource silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Hub.Misbehave(ImportWorld.Weights, new HubMisdeed.Silence(150_000, () => silent.TrySetResult()));
        string job = await world.StartImportAsync(ImportWorld.Ann);
        await silent.Task.WaitAsync(ImportWorld.Cancel);
        await world.UntilAsync(job, row => row.Progress > 1_000);

        await world.RestartAsync();
        JobRow done = await world.UntilAsync(job, row => row.IsOver);
        Assert.True(done.State == JobState.Finished, done.Error);
        Assert.Equal(2, done.Attempt);
        Assert.Contains(world.Hub.Calls, call => call.Path == $"/cdn/{ImportWorld.Weights}" && call.Range == "bytes=150000-");
    }

    [Fact]
    public async Task A_cancelled_import_leaves_nothing_behind()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        TaskCompletionSource silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Hub.Misbehave(ImportWorld.Weights, new HubMisdeed.Silence(100_000, () => silent.TrySetResult()));
        string job = await world.StartImportAsync(ImportWorld.Ann);
        await silent.Task.WaitAsync(ImportWorld.Cancel);
        Assert.Equal(JobControl.NotYours, await world.Get<EndImport>().CancelAsync(ImportWorld.Bob, job, ImportWorld.Cancel));
        Assert.Equal(JobControl.Done, await world.Get<EndImport>().CancelAsync(ImportWorld.Ann, job, ImportWorld.Cancel));
        await world.UntilAsync(job, row => row.State == JobState.Cancelled);
        await world.RestartAsync(); // whatever the cancelling did not reach, the start does
        Assert.Empty(world.Get<ModelArrivals>().All());
        Assert.Empty(await world.Get<ReadImports>().AllAsync(ImportWorld.Ann, ImportWorld.Cancel));
    }

    [Fact]
    public async Task A_damaged_file_fails_the_import_with_its_name_and_another_try_makes_it_good()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        world.Hub.Misbehave(ImportWorld.Weights, new HubMisdeed.Damage());
        string job = await world.StartImportAsync(ImportWorld.Ann);
        JobRow failed = await world.UntilAsync(job, row => row.IsOver);
        Assert.Equal(JobState.Failed, failed.State);
        Assert.StartsWith("'model.safetensors' did not arrive as the hub announced it", failed.Error, StringComparison.Ordinal);
        Assert.Equal(job, Assert.Single(await world.Get<ReadImports>().AllAsync(ImportWorld.Ann, ImportWorld.Cancel)).JobId);
        Assert.Empty(await world.Get<ReadImports>().AllAsync(ImportWorld.Bob, ImportWorld.Cancel));

        Assert.Equal(JobControl.Done, await world.Get<EndImport>().RetryAsync(ImportWorld.Ann, job, ImportWorld.Cancel));
        Assert.Equal(JobState.Finished, (await world.UntilAsync(job, row => row.IsOver)).State);
    }

    [Fact]
    public async Task A_failed_import_that_is_thrown_away_is_gone_from_the_page_and_the_disk()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        world.Hub.Misbehave(ImportWorld.Weights, new HubMisdeed.Damage());
        string job = await world.StartImportAsync(ImportWorld.Ann);
        await world.UntilAsync(job, row => row.IsOver);
        Assert.Equal(JobControl.NotYours, await world.Get<EndImport>().DiscardAsync(ImportWorld.Bob, job, ImportWorld.Cancel));
        Assert.Equal(JobControl.Done, await world.Get<EndImport>().DiscardAsync(ImportWorld.Ann, job, ImportWorld.Cancel));
        Assert.Empty(world.Get<ModelArrivals>().All());
        Assert.Empty(await world.Get<ReadImports>().AllAsync(ImportWorld.Ann, ImportWorld.Cancel));
    }

    [Fact]
    public async Task The_same_weights_are_never_here_twice()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        ModelDocument first = await world.ImportAsync(ImportWorld.Ann);
        ModelDocument second = await world.ImportAsync(ImportWorld.Bob);
        Assert.Equal(first.Id, second.Id);
        Assert.Single(world.Get<BaseModels>().All());
        Assert.Empty(world.Get<ModelArrivals>().All());
    }

    [Fact]
    public async Task A_gated_model_comes_with_a_persons_own_token_which_is_kept_encrypted()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        world.Hub.Token = "hf_secret";
        Refusal refusal = (await world.Get<PlanImport>().PlanAsync(ImportWorld.Ann, ImportWorld.Repository, null, ImportWorld.Cancel)).Refusal!;
        Assert.Equal(PlanImport.TokenField, refusal.Field);
        world.Get<HubTokens>().Keep(ImportWorld.Ann.Address!.Value, " hf_secret ");
        Assert.Equal("tiny-gpt2", (await world.ImportAsync(ImportWorld.Ann)).Name);
        Assert.NotNull((await world.Get<PlanImport>().PlanAsync(ImportWorld.Bob, ImportWorld.Repository, null, ImportWorld.Cancel)).Refusal);
        Assert.DoesNotContain(world.Get<Catalogue>().Read(c => c.Settings.All()), setting => setting.Value.Contains("hf_secret", StringComparison.Ordinal));
        world.Get<HubTokens>().Keep(ImportWorld.Ann.Address!.Value, "");
        Assert.False(world.Get<HubTokens>().Has(ImportWorld.Ann.Address!.Value));
    }

    [Fact]
    public async Task Nobody_imports_more_than_three_models_at_a_time()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        world.Hub.Misbehave(ImportWorld.Weights, [.. Enumerable.Repeat(new HubMisdeed.Silence(10, () => { }), 3)]);
        for (int i = 0; i < 3; i++) await world.StartImportAsync(ImportWorld.Ann);
        ImportPlan plan = (await world.Get<PlanImport>().PlanAsync(ImportWorld.Ann, ImportWorld.Repository, null, ImportWorld.Cancel)).Value!;
        Assert.Contains("3 imports under way", (await world.Get<StartImport>().FromHubAsync(ImportWorld.Ann, plan, ImportWorld.Cancel)).Refusal!.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_looks_nothing_up_and_brings_nothing_in()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        Assert.Same(Refusal.SignInFirst, (await world.Get<PlanImport>().PlanAsync(Person.Visitor, ImportWorld.Repository, null, ImportWorld.Cancel)).Refusal);
        Assert.Same(Refusal.SignInFirst, world.Get<ModelUploads>().Begin(Person.Visitor, []).Refusal);
        Assert.Empty(world.Hub.Calls);
    }

    [Fact]
    public async Task Where_the_hub_cannot_be_reached_the_other_way_in_is_named()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        await world.Hub.DisposeAsync();
        Refusal offline = (await world.Get<PlanImport>().PlanAsync(ImportWorld.Ann, ImportWorld.Repository, null, ImportWorld.Cancel)).Refusal!;
        Assert.Contains("cannot be reached from this machine", offline.What, StringComparison.Ordinal);
        Assert.EndsWith("bring them by Import, This computer.", offline.What, StringComparison.Ordinal);
    }
}
