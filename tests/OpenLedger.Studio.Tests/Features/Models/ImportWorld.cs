using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Tests.Hub;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Features.Models;
using OpenLedger.Studio.Features.Serving;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Models;

/// <summary>Imports with their real storage and jobs, beside a stand-in hub that has one small model. The sample Datanet is there, no starter model.</summary>
internal sealed class ImportWorld : StudioRoom
{
    public const string Repository = "someone/tiny-gpt2";
    public const string Weights = "model.safetensors";

    public static readonly Person Ann = new(Address.Parse("0x00000000000000000000000000000000000000a1"), false);
    public static readonly Person Bob = new(Address.Parse("0x00000000000000000000000000000000000000b2"), false);
    public static readonly Person Admin = new(Address.Parse("0x00000000000000000000000000000000000000ad"), true);

    private readonly TemporaryFolder _folder;

    private ImportWorld(TemporaryFolder folder, HubStandIn hub)
        : base(folder, StarterWithSample(folder), Add, $"--{ModelsFeature.AddressKey}", hub.Address.ToString())
    {
        (_folder, Hub) = (folder, hub);
    }

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
        ImportWorld world = new(folder, await HubStandIn.StartAsync(Repository, folder.File("hub")));
        await world.BeginAsync();
        return world;
    }

    /// <summary>Beside a hub that has one of these files of a folder.</summary>
    public static async Task<ImportWorld> StartOnAsync(string folder, params string[] names)
    {
        ImportWorld world = new(new TemporaryFolder(), await HubStandIn.StartAsync(Repository, folder, names));
        await world.BeginAsync();
        return world;
    }

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

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Hub.DisposeAsync();
    }

    private static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.AddJobs().AddDatanets().AddTraining().AddAdapters().AddModels().AddServing();
    }

    private static string StarterWithSample(TemporaryFolder folder)
    {
        string starter = folder.File("starter");
        CopySample(Path.Combine(starter, "datanets", "medquad-sample"));
        return starter;
    }

    private static void CopySample(string target)
    {
        if (Directory.Exists(target)) return;
        string source = Path.Combine(Shipped, "datanets", "medquad-sample");
        Directory.CreateDirectory(target);
        foreach (string file in Directory.GetFiles(source)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }
}
