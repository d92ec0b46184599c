using OpenLedger.Engine.Records;
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

/// <summary>A model that comes as files, from a browser or a folder of the machine.</summary>
public class BringFilesTests
{
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
    public async Task The_size_of_a_model_in_parts_is_that_of_all_its_parts()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        ModelArrivals arrivals = world.Get<ModelArrivals>();
        string arrival = arrivals.Begin(), first = Path.Combine(arrivals.FolderOf(arrival), "m-00001-of-00002.gguf");
        await File.WriteAllBytesAsync(first, new byte[3], ImportWorld.Cancel);
        await File.WriteAllBytesAsync(first.Replace("00001", "00002", StringComparison.Ordinal), new byte[5], ImportWorld.Cancel);
        ModelCheck check = new() { Family = "llama", Context = 64, Parameters = 8, KeepsText = true, HasTemplate = true, Sample = "", Tokens = 0, TokensPerSecond = 0, LoadSeconds = 0, MemoryBytes = 0 };
        string id = world.Get<KeepModel>().Keep(new ImportInput(ImportSource.Upload, "", null, null, "Parts", "mit", arrival), ImportWorld.Ann.Key, first, check, Sha256Hash.Of("parts"u8));
        Assert.Equal(8, world.ModelOf(id).Size);
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
}
