using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Adapters;

/// <summary>Puts the shipped base, and the shipped adapter that answers from passages, into the catalogue at every start. Copies no weights: they are read where they lie.</summary>
/// <remarks>
/// The shipped adapter was trained where the sample's sources have no wallets, so its recorded root is over the rows as shipped.
/// Its row log names the same rows by the same ids, and by those its training use is paid.
/// </remarks>
public sealed class SeedStarterModels(Catalogue catalogue, StarterFiles starter, TimeProvider time) : IHostedService
{
    public const string BaseId = "smollm2-135m-instruct";
    public const string AdapterId = "medquad-answers-r16";
    private const string SampleDatanetId = "medquad-sample";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(starter.BaseWeights)) return;
        Sha256Hash hash = await HashOfAsync(starter.BaseWeights, cancellationToken);
        Put(Base(hash));
        if (File.Exists(Path.Combine(starter.Adapter, AdapterFile.WeightsName))) Put(Adapter());
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The path is written anew at each start: the Studio may have moved. What its owner set since stays.
    private void Put(ModelDocument shipped) => catalogue.Write(c => c.Models.Put(
        c.Models.Get(shipped.Id) is ModelDocument known ? known with { Path = shipped.Path, Hash = shipped.Hash, Manifest = shipped.Manifest, Size = shipped.Size, Context = shipped.Context } : shipped));

    private ModelDocument Base(Sha256Hash hash) => new()
    {
        Id = BaseId,
        Kind = ModelKind.Base,
        Name = "SmolLM2 135M Instruct",
        Family = "LLaMA",
        Licence = "Apache-2.0",
        State = ModelState.Published,
        Summary = "The starter: small enough for any machine. It writes fluent English and knows little; adapters and rows make it useful.",
        Path = starter.BaseWeights,
        Hash = hash,
        RateIn = AdapterTerms.Usual.RateIn,
        RateOut = AdapterTerms.Usual.RateOut,
        Parameters = 134_515_008,
        Context = LanguageModel.ReadConfig(starter.BaseWeights).MaxPositions,
        Size = new FileInfo(starter.BaseWeights).Length,
        Created = Now,
    };

    private ModelDocument Adapter()
    {
        AdapterManifest manifest = CanonicalJson.Read<AdapterManifest>(File.ReadAllText(Path.Combine(starter.Adapter, "manifest.json")));
        return new()
        {
            Id = AdapterId,
            Kind = ModelKind.Adapter,
            Name = AdapterId,
            Family = "LLaMA",
            Licence = "CC-BY-4.0",
            State = ModelState.Published,
            BaseId = BaseId,
            Grounded = true,
            Summary = "Answers medical questions with sentences from the sample's rows, and says when they do not say.",
            Path = starter.Adapter,
            Hash = manifest.WeightsHash,
            Manifest = CanonicalJson.Serialize(manifest),
            DatanetIds = [SampleDatanetId],
            DatasetRoots = manifest.DatasetRoots,
            DatanetVersionIds = [DatanetVersionDocument.IdOf(SampleDatanetId, 1)],
            RateIn = AdapterTerms.Usual.RateIn,
            RateOut = AdapterTerms.Usual.RateOut,
            Metrics = Metrics(),
            Size = SizeOf(starter.Adapter),
            Created = manifest.Time,
        };
    }

    private Dictionary<string, double> Metrics()
    {
        TrainingRun run = CanonicalJson.Read<TrainingRun>(File.ReadAllText(Path.Combine(starter.Adapter, "run.json")));
        Dictionary<string, double> metrics = new() { ["training loss"] = run.FinalTrainingLoss };
        if (run.BaseLoss is double before) metrics["evaluation loss of the base"] = before;
        if (run.TunedLoss is double after) metrics["evaluation loss"] = after;
        return metrics;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static long SizeOf(string folder) => Directory.EnumerateFiles(folder).Sum(file => new FileInfo(file).Length);

    private static async Task<Sha256Hash> HashOfAsync(string path, CancellationToken cancel)
    {
        await using FileStream file = File.OpenRead(path);
        return await Sha256Hash.OfAsync(file, cancel);
    }
}

/// <summary>Where the shipped files lie (configuration <c>Studio:Starter</c>).</summary>
public sealed record StarterFiles(string Root)
{
    public string BaseWeights => Path.Combine(Root, "models", "SmolLM2-135M-Instruct", "SmolLM2-135M-Instruct.Q4_1.gguf");

    public string Embedder => Path.Combine(Root, "models", "all-MiniLM-L6-v2");

    public string Adapter => Path.Combine(Root, "adapters", SeedStarterModels.AdapterId);
}
