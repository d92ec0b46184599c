using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Puts a finished run's adapter among the adapters and into the catalogue, private to its owner. Publishes nothing.</summary>
public sealed class KeepAdapter(Catalogue catalogue, StudioFolders folders)
{
    private const string ManifestName = "manifest.json";

    /// <summary>The adapter's model document; the same run twice gives the same one.</summary>
    public string Keep(string runId, string owner, TrainingInput input, TrainingRun run, KeptStart? parent, TrainingFolder from)
    {
        AdapterManifest manifest = AdapterCard.For(run, input.Name);
        string folder = folders.Adapter(run.Weights.Hex);
        AtomicFolder.Write(folder, target => Copy(from, target, manifest, parent));
        return catalogue.Write(c => Find(c, runId) ?? Add(c, runId, owner, input with { VersionIds = [.. input.VersionIds.Concat(parent?.VersionIds ?? []).Distinct()] }, run, manifest, parent?.Licence, folder)).Id;
    }

    private static ModelDocument? Find(CatalogueWriting c, string runId) => c.Models.Find(model => model.RunId, runId).FirstOrDefault(model => model.Kind == ModelKind.Adapter);

    private ModelDocument Add(CatalogueWriting c, string runId, string owner, TrainingInput input, TrainingRun run, AdapterManifest manifest, string? carried, string folder)
    {
        ModelDocument on = c.Models.Require(input.BaseId);
        ModelDocument made = new()
        {
            Id = $"adapter-{runId}",
            Kind = ModelKind.Adapter,
            Name = input.Name,
            Family = on.Family,
            Path = Path.GetRelativePath(folders.Root, folder),
            Hash = run.Weights,
            Licence = LicenceExpression.Of([.. input.VersionIds.Select(id => c.Versions.Require(id).Licence), carried ?? "", on.Licence]),
            Manifest = CanonicalJson.Serialize(manifest),
            Owner = Address.TryParse(owner, out Address address) ? address : null,
            State = ModelState.Private,
            BaseId = on.Id,
            DatanetIds = [.. input.VersionIds.Select(id => c.Versions.Require(id).DatanetId).Distinct()],
            DatasetRoots = manifest.DatasetRoots,
            DatanetVersionIds = input.VersionIds,
            RunId = runId,
            Metrics = Metrics(run),
            Grounded = input.FromPassages,
            Size = Directory.EnumerateFiles(folder).Sum(file => new FileInfo(file).Length),
            Created = run.Time,
        };
        c.Models.Put(made);
        return made;
    }

    private static Dictionary<string, double> Metrics(TrainingRun run)
    {
        Dictionary<string, double> metrics = new() { ["training loss"] = run.FinalTrainingLoss };
        if (run.BaseLoss is double before) metrics["evaluation loss of the base"] = before;
        if (run.TunedLoss is double after) metrics["evaluation loss"] = after;
        return metrics;
    }

    private static void Copy(TrainingFolder from, string target, AdapterManifest manifest, KeptStart? parent)
    {
        foreach (string file in Directory.EnumerateFiles(from.Adapter)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        File.Copy(from.Log, Path.Combine(target, Path.GetFileName(from.Log)));
        File.Copy(from.Run, Path.Combine(target, Path.GetFileName(from.Run)));
        File.WriteAllBytes(Path.Combine(target, ManifestName), CanonicalJson.SerializeToUtf8(manifest));
        if (parent is not null) File.WriteAllBytes(Path.Combine(target, KeptStart.FileName), CanonicalJson.SerializeToUtf8(parent));
    }
}
