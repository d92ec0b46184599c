using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;
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

    /// <summary>The start with all that the wizard and the run need of it; null where there is none or it is somebody else's, even for those who run this Studio.</summary>
    public async Task<FoundStart?> FindAsync(TrainingFrom from, Person person, CancellationToken cancel)
    {
        if (!person.IsSignedIn) return null;
        if (from.ModelId is not null) return OfAdapter(from.ModelId, person);
        if (from is not { RunId: string run, Moment: string moment } || await jobs.OneAsync(run, new JobCaller(person.Key, IsAdmin: false), cancel) is not JobRow { Kind: TrainingJob.KindName } row) return null;
        if (moments.Find(run, moment) is not string folder) return null;
        TrainingInput input = CanonicalJson.Read<TrainingInput>(row.Input);
        string name = TrainingMoments.NameOf(Path.GetFileName(folder));
        KeptStart? before = RowHistory.Before(folders.Run(run));
        return Found($"{input.Name}, {name.ToLowerInvariant()}", folder, input.BaseId, [.. input.VersionIds.Union(before?.VersionIds ?? [])], before?.Licence, null);
    }

    private FoundStart? OfAdapter(string modelId, Person person)
    {
        if (catalogue.Read(c => c.Models.Get(modelId)) is not ModelDocument { Kind: ModelKind.Adapter, BaseId: string on } model || !IsOf(model, person)) return null;
        return Found(model.Name, Path.Combine(folders.Root, model.Path), on, model.DatanetVersionIds, model.Licence, model);
    }

    private FoundStart? Found(string name, string folder, string baseId, IReadOnlyList<string> versions, string? licence, ModelDocument? adapter)
    {
        if (!File.Exists(Path.Combine(folder, AdapterFile.WeightsName)) || !File.Exists(Path.Combine(folder, AdapterConfigJson.FileName))) return null;
        IReadOnlyList<Sha256Hash> roots = catalogue.Read(c => versions.Select(c.Versions.Get).OfType<DatanetVersionDocument>().Select(version => version.Root).ToList());
        Sha256Hash? manifest = adapter?.Manifest is string written ? CanonicalJson.Read<AdapterManifest>(written).Id : null;
        return new(name, folder, AdapterFile.ReadConfig(folder).Config, baseId, versions, roots, licence, adapter, manifest);
    }

    // A wallet's own; the shipped ones belong to nobody and so to everybody.
    private static bool IsOf(ModelDocument model, Person person) => model.Owner is null || model.Owner == person.Address;
}
