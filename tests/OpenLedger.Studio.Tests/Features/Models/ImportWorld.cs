using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Tests.Hub;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Features.Models;
using OpenLedger.Studio.Features.Serving;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Models;

/// <summary>Imports with their real storage and jobs, beside a stand-in hub that has one small model. The sample Datanet is there, no starter model.</summary>
internal sealed class ImportWorld : IAsyncDisposable
{
    public const string Repository = "someone/tiny-gpt2";
    public const string Weights = "model.safetensors";

    public static readonly Person Ann = new(Address.Parse("0x00000000000000000000000000000000000000a1"), false);
    public static readonly Person Bob = new(Address.Parse("0x00000000000000000000000000000000000000b2"), false);
    public static readonly Person Admin = new(Address.Parse("0x00000000000000000000000000000000000000ad"), true);

    private readonly TemporaryFolder _folder;
    private readonly bool _owns;
    private readonly WebApplication _app;

    private ImportWorld(TemporaryFolder folder, bool owns, HubStandIn hub)
    {
        (_folder, _owns, Hub) = (folder, owns, hub);
        string starter = folder.File("starter");
        Directory.CreateDirectory(Path.Combine(starter, "datanets"));
        CopySample(Path.Combine(starter, "datanets", "medquad-sample"));
        WebApplicationBuilder builder = WebApplication.CreateBuilder(["--Studio:Data", folder.File("data"), "--Studio:Starter", starter, $"--{ModelsFeature.AddressKey}", hub.Address.ToString(), "--Urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.AddStorage().AddJobs().AddDatanets().AddTraining().AddAdapters().AddModels().AddServing();
        _app = builder.Build();
        _app.MapStorage();
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public HubStandIn Hub { get; }

    /// <summary>A folder with the hub's model, for other ways in.</summary>
    public string Served => _folder.File("hub");

    public StudioFolders Folders => Get<StudioFolders>();

    /// <param name="family">Of the reference families.</param>
    /// <param name="template">The model's chat template; null for none.</param>
    /// <param name="marks">Whether its vocabulary knows turn marks.</param>
    public static async Task<ImportWorld> StartAsync(string family = "gpt2", string? template = TinyModelFolder.Template, bool marks = true)
    {
        TemporaryFolder folder = new();
        TinyModelFolder.Write(folder.File("hub"), Path.Combine(Tests.Repository.Root, "tests", "fixtures", "families", family), template, marks);
        ImportWorld world = new(folder, owns: true, await HubStandIn.StartAsync(Repository, folder.File("hub")));
        await world._app.StartAsync(Cancel);
        return world;
    }

    /// <summary>Beside a hub that has one of these files of a folder.</summary>
    public static async Task<ImportWorld> StartOnAsync(string folder, params string[] names)
    {
        ImportWorld world = new(new TemporaryFolder(), owns: true, await HubStandIn.StartAsync(Repository, folder, names));
        await world._app.StartAsync(Cancel);
        return world;
    }

    /// <summary>The Studio as it comes up again on the same folder, beside the same hub, once this one has stopped.</summary>
    public async Task<ImportWorld> AgainAsync()
    {
        await StopAsync();
        ImportWorld world = new(_folder, owns: false, Hub);
        await world._app.StartAsync(Cancel);
        return world;
    }

    public object Service(Type type) => _app.Services.GetRequiredService(type);

    public T Get<T>() where T : class => _app.Services.GetRequiredService<T>();

    /// <summary>Plans and starts an import from the hub.</summary>
    public async Task<string> StartImportAsync(Person person)
    {
        ImportPlan plan = (await Get<PlanImport>().PlanAsync(person, Repository, null, Cancel)).Value!;
        return (await Get<StartImport>().FromHubAsync(person, plan, Cancel)).Value!.JobId;
    }

    /// <summary>An import from the hub, to its end.</summary>
    public async Task<ModelDocument> ImportAsync(Person person)
    {
        JobRow job = await UntilAsync(await StartImportAsync(person), row => row.IsOver);
        Assert.True(job.State == JobState.Finished, job.Error);
        return ModelOf((await Get<ReadImports>().OneAsync(person, job.Id, Cancel))!.ModelId!);
    }

    public ModelDocument ModelOf(string id) => Get<Catalogue>().Read(c => c.Models.Require(id));

    /// <summary>Waits until the job's row is as wanted.</summary>
    public async Task<JobRow> UntilAsync(string id, Func<JobRow, bool> wanted)
    {
        JobCaller admin = new("", IsAdmin: true);
        using SemaphoreSlim moved = new(0);
        using IDisposable watch = Get<JobFeed>().Watch(id, _ => moved.Release());
        while (true)
        {
            JobRow row = (await Get<ReadJobs>().OneAsync(id, admin, Cancel))!;
            if (wanted(row)) return row;
            await moved.WaitAsync(Cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (!_owns) return;
        await Hub.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StopAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    private static void CopySample(string target)
    {
        if (Directory.Exists(target)) return;
        string source = Path.Combine(Tests.Repository.Root, "OpenLedger.Studio", "Starter", "datanets", "medquad-sample");
        Directory.CreateDirectory(target);
        foreach (string file in Directory.GetFiles(source)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }
}
