using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Attribution;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Features.Evaluation;
using OpenLedger.Studio.Features.Export;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Studio.Tests.Features.Export;

/// <summary>Exports and combinings with their real storage and jobs, over a base of two layers and two adapters with rows of their own, in a folder of its own.</summary>
internal sealed class TinyWorld : StudioRoom
{
    public const string BaseId = "tiny";

    public static readonly Person Owner = new(Address.Parse("0x00000000000000000000000000000000000000a1"), false);
    public static readonly Person Other = new(Address.Parse("0x00000000000000000000000000000000000000b2"), false);

    private TinyWorld() : base(new TemporaryFolder(), "none", Add)
    {
        Catalogue.Write(c => c.Models.Put(new ModelDocument
        {
            Id = BaseId,
            Kind = ModelKind.Base,
            Name = "Tiny",
            Family = "LLaMA",
            Path = BasePath,
            Hash = Sha256Hash.Of("tiny"u8),
            Licence = "Apache-2.0",
            State = ModelState.Published,
            Created = 1,
        }));
    }

    public Catalogue Catalogue => Get<Catalogue>();

    public StudioFolders Folders => Get<StudioFolders>();

    private static string BasePath => Path.Combine(Repository.Root, "tests", "fixtures", "gguf", "llama-q4_k_m-mix.gguf");

    public static async Task<TinyWorld> StartAsync()
    {
        TinyWorld world = new();
        await world.BeginAsync();
        world.AddAdapter("one", rank: 4, seed: 1, ["a/1", "a/2"]);
        world.AddAdapter("two", rank: 2, seed: 2, ["a/3"]);
        return world;
    }

    private static void Add(WebApplicationBuilder builder)
    {
        builder.AddJobs().AddDatanets().AddTraining().AddEvaluation().AddAdapters().AddExport();
        builder.Services.AddSingleton<VersionRows>().AddSingleton<TrainingUse>();
    }

    private void AddAdapter(string id, int rank, long seed, string[] rows)
    {
        string folder = Path.Combine(Folders.Adapters, id);
        WriteWeights(folder, rank, seed);
        using (TrainingLog log = TrainingLog.Begin(Path.Combine(folder, "rows.log.jsonl"), new TrainingLogHeader(Sha256Hash.Of("tiny"u8), Sha256Hash.Of("recipe"u8), [])))
        {
            log.Add(1, 1, rows);
        }
        Sha256Hash weights = Sha256Hash.Of(File.ReadAllBytes(Path.Combine(folder, AdapterFile.WeightsName)));
        AdapterManifest manifest = new(1, id, "Tiny", Sha256Hash.Of("tiny"u8), [], Sha256Hash.Of("recipe"u8), weights, null, new Dictionary<string, string>(), null, 1);
        Catalogue.Write(c => c.Models.Put(new ModelDocument
        {
            Id = id,
            Kind = ModelKind.Adapter,
            Name = $"Adapter {id}",
            Family = "LLaMA",
            Path = Path.GetRelativePath(Folders.Root, folder),
            Hash = weights,
            Licence = "CC-BY-4.0",
            Manifest = CanonicalJson.Serialize(manifest),
            Owner = Owner.Address,
            State = ModelState.Private,
            BaseId = BaseId,
            Created = 1,
        }));
    }

    private static void WriteWeights(string folder, int rank, long seed)
    {
        using LanguageModel model = LanguageModel.Load(BasePath);
        using LoraWeights weights = LoraWeights.Create(new LoraConfig(rank, 8, 0, ["q_proj", "v_proj"]), model.Linears, seed, CPU);
        using (NewDisposeScope())
        using (no_grad())
        {
            using Generator random = new((ulong)seed, CPU);
            foreach (LoraPair pair in weights.Pairs.Values) pair.B.copy_(rand(pair.B.shape, generator: random).sub_(0.5));
        }
        AdapterFile.Write(folder, weights, "Tiny");
    }
}
