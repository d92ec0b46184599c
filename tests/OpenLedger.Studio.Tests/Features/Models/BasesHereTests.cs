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

/// <summary>Bases that are here: made once, tried, removed, put out of memory.</summary>
public class BasesHereTests
{
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
    public async Task A_moment_of_a_training_that_somebody_talked_to_does_not_keep_its_base_for_ever()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        ModelDocument model = await world.ImportAsync(ImportWorld.Ann);
        world.Get<Catalogue>().Write(c => c.Models.Put(model with { Id = "moment-of-a-run", Kind = ModelKind.Moment, BaseId = model.Id }));
        Assert.Null(await world.Get<RemoveModel>().RemoveAsync(ImportWorld.Ann, model.Id, ImportWorld.Cancel));
        Assert.Empty(world.Get<Catalogue>().Read(c => c.Models.Find(other => other.BaseId, model.Id)));
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
        await world.RestartAsync();
        Assert.Equal((model.Name, model.Path, model.Size, model.Hash, ImportWorld.Ann.Address), Told(world.ModelOf(model.Id)));
        Assert.Equal(model.Check, world.ModelOf(model.Id).Check);

        Assert.Null(await world.Get<RemoveModel>().RemoveAsync(ImportWorld.Ann, model.Id, ImportWorld.Cancel));
        await world.RestartAsync();
        Assert.Empty(world.Get<BaseModels>().All());   // removed is removed

        static (string, string, long, OpenLedger.Engine.Records.Sha256Hash, OpenLedger.Contracts.Values.Address?) Told(ModelDocument one) => (one.Name, one.Path, one.Size, one.Hash, one.Origin!.By);
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
    public async Task A_base_whose_trial_fails_waits_with_its_reason_for_a_person_and_is_not_tried_by_every_look()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        ModelDocument model = await world.ImportAsync(ImportWorld.Ann);
        string weights = Path.Combine(world.Folders.Root, model.Path, ImportWorld.Weights), aside = weights + ".aside";
        world.Get<Catalogue>().Write(c => c.Models.Put(model with { Check = null }));
        File.Move(weights, aside);
        await world.Get<StartTrial>().FirstAsync(world.ModelOf(model.Id), ImportWorld.Cancel);
        JobRow tried = await world.UntilAsync((await TrialsAsync(world)).Single().Id, row => row.IsOver);
        Assert.Equal(JobState.Failed, tried.State);
        Assert.Equal(tried.Error, world.ModelOf(model.Id).TrialProblem);

        await world.Get<StartTrial>().FirstAsync(world.ModelOf(model.Id), ImportWorld.Cancel);
        Assert.Single(await TrialsAsync(world));
        File.Move(aside, weights);
        string again = (await world.Get<StartTrial>().StartAsync(ImportWorld.Bob, model.Id, ImportWorld.Cancel)).Value!.JobId;
        Assert.Equal(JobState.Finished, (await world.UntilAsync(again, row => row.IsOver)).State);
        Assert.Null(world.ModelOf(model.Id).TrialProblem);
        Assert.NotNull(world.ModelOf(model.Id).Check);

        static Task<List<JobRow>> TrialsAsync(ImportWorld world) => world.Get<ReadJobs>().NewestAsync(new JobCaller("", IsAdmin: true), TrialJob.KindName, 10, ImportWorld.Cancel);
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
