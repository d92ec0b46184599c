using System.Security.Cryptography;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Finds what a run may go on from: one's own adapters and the moments of one's own runs. Trains nothing.</summary>
public sealed class TrainingStarts(Catalogue catalogue, ReadJobs jobs, TrainingMoments moments, StudioFolders folders)
{
    /// <summary>The person's adapters, by name.</summary>
    public IReadOnlyList<ModelDocument> AdaptersOf(Person person) => !person.IsSignedIn ? [] :
        [.. catalogue.Read(c => c.Models.Find(model => model.Kind, ModelKind.Adapter)).Where(model => IsOf(model, person)).OrderBy(model => model.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The start with all that the wizard and the run need of it; null where there is none or it is somebody else's.</summary>
    public async Task<FoundStart?> FindAsync(TrainingFrom from, Person person, CancellationToken cancel)
    {
        if (!person.IsSignedIn) return null;
        if (from.ModelId is not null) return OfAdapter(from.ModelId, person);
        if (from is not { RunId: string run, Moment: string moment } || await jobs.OneAsync(run, new JobCaller(person.Key, person.IsAdmin), cancel) is not JobRow { Kind: TrainingJob.KindName } row) return null;
        if (moments.Find(run, moment) is not string folder) return null;
        TrainingInput input = CanonicalJson.Read<TrainingInput>(row.Input);
        return Found($"{input.Name}, {moments.Of(run).First(one => one.Id == moment).Name.ToLowerInvariant()}", folder, input.BaseId, input.VersionIds, null);
    }

    private FoundStart? OfAdapter(string modelId, Person person)
    {
        if (catalogue.Read(c => c.Models.Get(modelId)) is not ModelDocument { Kind: ModelKind.Adapter, BaseId: string on } model || !IsOf(model, person)) return null;
        AdapterManifest? manifest = model.Manifest is null ? null : CanonicalJson.Read<AdapterManifest>(model.Manifest);
        return Found(model.Name, Path.Combine(folders.Root, model.Path), on, model.DatanetVersionIds, manifest?.Id);
    }

    private FoundStart? Found(string name, string folder, string baseId, IReadOnlyList<string> versions, Sha256Hash? manifest)
    {
        string weights = Path.Combine(folder, AdapterFile.WeightsName);
        if (!File.Exists(weights)) return null;
        using FileStream file = File.OpenRead(weights);
        IReadOnlyList<Sha256Hash> roots = catalogue.Read(c => versions.Select(c.Versions.Get).OfType<DatanetVersionDocument>().Select(version => version.Root).ToList());
        TrainingParent parent = new(Sha256Hash.FromDigest(SHA256.HashData(file)), manifest, roots);
        return new(name, new TrainingStart(folder, parent), AdapterFile.ReadConfig(folder).Config, baseId, versions);
    }

    // A wallet's own; the shipped ones belong to nobody and so to everybody.
    private static bool IsOf(ModelDocument model, Person person) => model.Owner is null || model.Owner == person.Address;
}

/// <summary>A start that was found.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Config">The adapter's shape, which the run keeps.</param>
/// <param name="BaseId">The base under it, which the run keeps.</param>
/// <param name="VersionIds">What it learned from: its rows' contributors are paid for the new adapter too.</param>
public sealed record FoundStart(string Name, TrainingStart Start, LoraConfig Config, string BaseId, IReadOnlyList<string> VersionIds);
