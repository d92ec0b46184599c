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

        await using ImportWorld again = await world.AgainAsync();
        JobRow done = await again.UntilAsync(job, row => row.IsOver);
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
        await using ImportWorld again = await world.AgainAsync(); // whatever the cancelling did not reach, the start does
        Assert.Empty(again.Get<ModelArrivals>().All());
        Assert.Empty(await again.Get<ReadImports>().AllAsync(ImportWorld.Ann, ImportWorld.Cancel));
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
    public async Task A_folder_of_the_machine_is_copied_for_an_admin_and_for_nobody_else()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        StartImport start = world.Get<StartImport>();
        Assert.Same(Refusal.AdminOnly, (await start.FromServerAsync(ImportWorld.Ann, world.Served, "", "MIT", ImportWorld.Cancel)).Refusal);
        Assert.Contains("whole path", (await start.FromServerAsync(ImportWorld.Admin, "models/x", "", "MIT", ImportWorld.Cancel)).Refusal!.What, StringComparison.Ordinal);
        Assert.Contains("There is no file or folder", (await start.FromServerAsync(ImportWorld.Admin, "/nowhere/at/all", "", "MIT", ImportWorld.Cancel)).Refusal!.What, StringComparison.Ordinal);
        string job = (await start.FromServerAsync(ImportWorld.Admin, world.Served, "", "MIT", ImportWorld.Cancel)).Value!.JobId;
        JobRow done = await world.UntilAsync(job, row => row.IsOver);
        Assert.True(done.State == JobState.Finished, done.Error);
        Assert.Equal(("hub", "MIT", "A folder of this machine"), Assert.Single(world.Get<BaseModels>().All().Select(model => (model.Name, model.Licence, model.Origin!.From))));
        Assert.True(File.Exists(Path.Combine(world.Served, ImportWorld.Weights)));
        Assert.Empty(world.Hub.Calls);
    }

    [Fact]
    public async Task Files_from_a_browser_are_those_that_are_needed_and_go_to_their_senders_import_alone()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        ModelUploads uploads = world.Get<ModelUploads>();
        ChosenFile[] chosen = [.. Directory.GetFiles(world.Served).Select(path => new ChosenFile(Path.GetFileName(path), new FileInfo(path).Length)), new("holiday.png", 5_000_000)];
        UploadPlan plan = uploads.Begin(ImportWorld.Ann, chosen).Value!;
        Assert.DoesNotContain("holiday.png", plan.Files);
        Assert.NotNull(await uploads.ReceiveAsync(ImportWorld.Bob, plan.Arrival, "config.json", new MemoryStream([1]), ImportWorld.Cancel));
        Assert.NotNull(await uploads.ReceiveAsync(ImportWorld.Ann, plan.Arrival, "../config.json", new MemoryStream([1]), ImportWorld.Cancel));
        Assert.NotNull(await uploads.ReceiveAsync(ImportWorld.Ann, plan.Arrival, "holiday.png", new MemoryStream([1]), ImportWorld.Cancel));
        Assert.Contains("not as large as it was said", await uploads.ReceiveAsync(ImportWorld.Ann, plan.Arrival, "config.json", new MemoryStream(new byte[100_000]), ImportWorld.Cancel), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(world.Get<ModelArrivals>().FolderOf(plan.Arrival)));
        foreach (string name in plan.Files)
        {
            Assert.False(uploads.IsWhole(ImportWorld.Ann, plan.Arrival));
            await using FileStream body = File.OpenRead(Path.Combine(world.Served, name));
            Assert.Null(await uploads.ReceiveAsync(ImportWorld.Ann, plan.Arrival, name, body, ImportWorld.Cancel));
        }
        Assert.True(uploads.IsWhole(ImportWorld.Ann, plan.Arrival));
        Assert.False(uploads.IsWhole(ImportWorld.Bob, plan.Arrival));
        Assert.Contains("not all here", (await world.Get<StartImport>().FromUploadAsync(ImportWorld.Bob, plan.Arrival, "Not mine", "MIT", ImportWorld.Cancel)).Refusal!.What, StringComparison.Ordinal);
        string job = (await world.Get<StartImport>().FromUploadAsync(ImportWorld.Ann, plan.Arrival, "My own", "MIT", ImportWorld.Cancel)).Value!.JobId;
        JobRow done = await world.UntilAsync(job, row => row.IsOver);
        Assert.True(done.State == JobState.Finished, done.Error);
        Assert.Equal("Uploaded files", Assert.Single(world.Get<BaseModels>().All()).Origin!.From);
    }

    [Fact]
    public async Task Pickle_files_are_refused_before_a_byte_is_sent()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        Refusal refusal = world.Get<ModelUploads>().Begin(ImportWorld.Ann, [new("config.json", 10), new("pytorch_model.bin", 1000)]).Refusal!;
        Assert.StartsWith("This choice has its weights only as pickle", refusal.What, StringComparison.Ordinal);
        Assert.Empty(world.Get<ModelArrivals>().All());
    }

    [Fact]
    public async Task A_folder_that_holds_no_model_after_all_fails_with_a_sentence_and_never_reaches_the_catalogue()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(world.Served, ImportWorld.Weights), "not safetensors at all", ImportWorld.Cancel);
        string job = (await world.Get<StartImport>().FromServerAsync(ImportWorld.Admin, world.Served, "", "", ImportWorld.Cancel)).Value!.JobId;
        JobRow failed = await world.UntilAsync(job, row => row.IsOver);
        Assert.Equal(JobState.Failed, failed.State);
        Assert.Contains("'model.safetensors' claims a header of", failed.Error, StringComparison.Ordinal);
        Assert.Empty(world.Get<BaseModels>().All());
    }

    [Fact]
    public async Task A_base_is_removed_by_who_brought_it_and_its_files_and_memory_go_with_it()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        ModelDocument model = await world.ImportAsync(ImportWorld.Ann);
        ServedModels served = world.Get<ServedModels>();
        ModelLease lease = await served.TakeAsync(model, ImportWorld.Cancel);
        Assert.NotNull(await world.Get<RemoveModel>().RemoveAsync(ImportWorld.Bob, model.Id, ImportWorld.Cancel));
        Assert.Null(await world.Get<RemoveModel>().RemoveAsync(ImportWorld.Ann, model.Id, ImportWorld.Cancel));
        Assert.False(served.IsWarm(model));
        Assert.NotEmpty(lease.Chat.Encode([new(OpenLedger.Engine.Templates.ChatTurn.User, "an answer under way goes on")]));
        lease.Dispose();
        Assert.Empty(world.Get<BaseModels>().All());
        Assert.False(Directory.Exists(Path.Combine(world.Folders.Root, model.Path)));
    }

    [Fact]
    public async Task Removing_a_base_whose_folder_is_missing_once_took_all_other_bases_with_it()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        ModelDocument model = await world.ImportAsync(ImportWorld.Ann);
        Directory.Delete(world.Folders.Model(model.Hash.Hex), recursive: true);
        string neighbour = Directory.CreateDirectory(world.Folders.Model("another")).FullName;
        Assert.Null(await world.Get<RemoveModel>().RemoveAsync(ImportWorld.Ann, model.Id, ImportWorld.Cancel));
        Assert.True(Directory.Exists(neighbour));
        Assert.Empty(world.Get<BaseModels>().All());
    }

    [Fact]
    public async Task Two_imports_of_the_same_weights_that_end_together_make_one_base()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        ModelDocument tried = await world.ImportAsync(ImportWorld.Ann);
        for (int round = 0; round < 5; round++)
        {
            foreach (ModelDocument known in world.Get<BaseModels>().All()) await world.Get<RemoveModel>().RemoveAsync(ImportWorld.Admin, known.Id, ImportWorld.Cancel);
            using Barrier together = new(2);
            string[] ids = await Task.WhenAll(KeepAsync("one"), KeepAsync("two"));
            Assert.Equal(ids[0], ids[1]);
            Assert.True(File.Exists(Path.Combine(world.Folders.Root, Assert.Single(world.Get<BaseModels>().All()).Path, ImportWorld.Weights)));

            Task<string> KeepAsync(string name)
            {
                string arrival = Brought(world);
                ImportInput input = new(ImportSource.Upload, "", null, null, name, "MIT", arrival);
                return Task.Factory.StartNew(() =>
                {
                    together.SignalAndWait(ImportWorld.Cancel);
                    return world.Get<KeepModel>().Keep(input, ImportWorld.Ann.Key, world.Get<ModelArrivals>().FolderOf(arrival), tried.Check!, tried.Hash);
                }, ImportWorld.Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
        }
    }

    [Fact]
    public async Task A_kill_between_the_folder_and_the_catalogue_once_left_a_base_that_nobody_saw()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        ModelDocument model = await world.ImportAsync(ImportWorld.Ann);
        world.Get<Catalogue>().Write(c => c.Models.Remove(model.Id));
        await using ImportWorld again = await world.AgainAsync();
        Assert.Equal((model.Name, model.Path, model.Size, model.Hash, ImportWorld.Ann.Address), Told(again.ModelOf(model.Id)));
        Assert.Equal(model.Check, again.ModelOf(model.Id).Check);

        Assert.Null(await again.Get<RemoveModel>().RemoveAsync(ImportWorld.Ann, model.Id, ImportWorld.Cancel));
        await using ImportWorld once_more = await again.AgainAsync();
        Assert.Empty(once_more.Get<BaseModels>().All());   // removed is removed

        static (string, string, long, OpenLedger.Engine.Records.Sha256Hash, OpenLedger.Contracts.Values.Address?) Told(ModelDocument one) => (one.Name, one.Path, one.Size, one.Hash, one.Origin!.By);
    }

    [Fact]
    public async Task A_file_that_is_still_being_sent_when_the_import_begins_once_took_the_place_of_the_one_that_was_hashed()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        ModelUploads uploads = world.Get<ModelUploads>();
        byte[] weights = await File.ReadAllBytesAsync(Path.Combine(world.Served, ImportWorld.Weights), ImportWorld.Cancel);
        UploadPlan plan = uploads.Begin(ImportWorld.Ann, [.. Directory.GetFiles(world.Served).Select(path => new ChosenFile(Path.GetFileName(path), new FileInfo(path).Length))]).Value!;
        foreach (string name in plan.Files)
        {
            await using FileStream body = File.OpenRead(Path.Combine(world.Served, name));
            Assert.Null(await uploads.ReceiveAsync(ImportWorld.Ann, plan.Arrival, name, body, ImportWorld.Cancel));
        }
        System.IO.Pipelines.Pipe held = new(new(pauseWriterThreshold: 0));
        Task<string?> second = uploads.ReceiveAsync(ImportWorld.Ann, plan.Arrival, ImportWorld.Weights, held.Reader.AsStream(), ImportWorld.Cancel);
        await held.Writer.WriteAsync(new byte[weights.Length], ImportWorld.Cancel);
        Assert.True(uploads.HandOver(ImportWorld.Ann, plan.Arrival));
        await held.Writer.CompleteAsync();

        Assert.Contains("not here any more", await second, StringComparison.Ordinal);
        string arrival = world.Get<ModelArrivals>().FolderOf(plan.Arrival);
        Assert.Equal(weights, await File.ReadAllBytesAsync(Path.Combine(arrival, ImportWorld.Weights), ImportWorld.Cancel));
        Assert.Equal(plan.Arrival, Assert.Single(world.Get<ModelArrivals>().All()));
    }

    [Fact]
    public async Task What_is_shipped_is_not_removed()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        ModelDocument shipped = (await world.ImportAsync(ImportWorld.Ann)) with { Origin = null };
        world.Get<Catalogue>().Write(c => c.Models.Put(shipped));
        Assert.Equal("This base comes with the Studio and stays.", (await world.Get<RemoveModel>().RemoveAsync(ImportWorld.Admin, shipped.Id, ImportWorld.Cancel))!.What);
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

    [Fact]
    public async Task A_base_is_tried_again_when_somebody_asks()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        ModelDocument model = await world.ImportAsync(ImportWorld.Ann);
        world.Get<Catalogue>().Write(c => c.Models.Put(model with { Check = null, Context = 0 }));
        string job = (await world.Get<StartTrial>().StartAsync(ImportWorld.Bob, model.Id, ImportWorld.Cancel)).Value!.JobId;
        Assert.Equal(JobState.Finished, (await world.UntilAsync(job, row => row.IsOver)).State);
        Assert.Equal((128, TryModel.Tokens), (world.ModelOf(model.Id).Context, world.ModelOf(model.Id).Check!.Tokens));
    }

    [Fact]
    public async Task The_list_of_small_models_says_why_one_does_not_fit()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        IReadOnlyList<SuitedModel> all = world.Get<SuitModels>().All();
        Assert.Equal(12, all.Count);
        MachineView machine = world.Get<SuitModels>().Machine;
        Assert.All(all, one => Assert.Equal(one.Memory.Answer > machine.Memory || one.Model.Bytes > machine.Disk, one.WhyNot is not null));
        Assert.All(all, one => Assert.NotNull(OpenLedger.Engine.Hub.HubRepository.TryParse(one.Model.Repository, new OpenLedger.Engine.Hub.HubOptions().Address)));
        Assert.Empty(world.Hub.Calls);
    }

    [Fact]
    public async Task A_GGUF_file_is_imported_alone_and_its_folder_goes_with_it()
    {
        string starter = Path.Combine(Repository.Root, "OpenLedger.Studio", "Starter", "models", "SmolLM2-135M-Instruct");
        await using ImportWorld world = await ImportWorld.StartOnAsync(starter, "SmolLM2-135M-Instruct.Q4_1.gguf", "LICENSE");
        ModelDocument model = await world.ImportAsync(ImportWorld.Ann);
        Assert.EndsWith(".gguf", model.Path, StringComparison.Ordinal);
        Assert.Equal((134_515_008, true, true), (model.Parameters, model.Check!.KeepsText, model.Check.HasTemplate));
        Assert.NotEmpty(model.Check.Sample.Trim());
        Assert.Null(await world.Get<RemoveModel>().RemoveAsync(ImportWorld.Ann, model.Id, ImportWorld.Cancel));
        Assert.DoesNotContain(Directory.GetDirectories(Path.Combine(world.Folders.Root, "models")), folder => !folder.EndsWith(".arriving", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_memory_runs_short_an_idle_base_leaves_it_and_one_that_answers_stays()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        ModelDocument first = await world.ImportAsync(ImportWorld.Ann);
        ModelDocument second = first with { Id = "the-same-under-another-name" };
        using ServedModels served = new(world.Get<Catalogue>(), world.Folders, new ServingMemory(1), TimeProvider.System);
        ModelLease lease = await served.TakeAsync(first, ImportWorld.Cancel);
        (await served.TakeAsync(second, ImportWorld.Cancel)).Dispose();
        Assert.True(served.IsWarm(first));
        lease.Dispose();
        served.Forget(second.Id);
        (await served.TakeAsync(second, ImportWorld.Cancel)).Dispose();
        Assert.False(served.IsWarm(first));
        Assert.True(served.IsWarm(second));
    }

    // An arrival with the hub's model in it.
    private static string Brought(ImportWorld world)
    {
        string arrival = world.Get<ModelArrivals>().Begin();
        foreach (string file in Directory.GetFiles(world.Served)) File.Copy(file, Path.Combine(world.Get<ModelArrivals>().FolderOf(arrival), Path.GetFileName(file)));
        return arrival;
    }
}
