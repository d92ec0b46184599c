using System.Globalization;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Adapters.Merging;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Adapters.Combining;

/// <summary>Puts a combined adapter among the adapters and into the catalogue, with the parents that its answers pay. Combines and publishes nothing.</summary>
public sealed class KeepCombined(Catalogue catalogue, StudioFolders folders, TimeProvider time)
{
    /// <summary>The adapter's model document; the same job twice gives the same one.</summary>
    public string Keep(string jobId, string owner, CombineInput input, IReadOnlyList<ModelDocument> parts, ModelDocument on, string from)
    {
        string id = $"adapter-{jobId}";
        if (catalogue.Read(c => c.Models.Get(id)) is not null) return id;
        Sha256Hash weights = Sha256Hash.Of(File.ReadAllBytes(Path.Combine(from, AdapterFile.WeightsName)));
        AdapterManifest manifest = Manifest(input, parts, on, weights);
        string folder = folders.Adapter(weights.Hex);
        AtomicFolder.Write(folder, target =>
        {
            foreach (string file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
            File.WriteAllBytes(Path.Combine(target, "manifest.json"), CanonicalJson.SerializeToUtf8(manifest));
        });
        catalogue.Write(c => c.Models.Put(Document(id, owner, input, parts, on, manifest, folder)));
        return id;
    }

    private AdapterManifest Manifest(CombineInput input, IReadOnlyList<ModelDocument> parts, ModelDocument on, Sha256Hash weights)
    {
        AdapterManifest[] manifests = [.. parts.Select(part => CanonicalJson.Read<AdapterManifest>(part.Manifest!))];
        AdapterParent[] parents = [.. manifests.Select((manifest, i) => new AdapterParent(manifest.Id, Digits(input.Parts[i].Weight)))];
        CombineRecipe recipe = new(input.Method.PeftName(), input.Method.Drops() ? Digits(input.Density) : null, input.Method.Draws() ? input.Seed : null, parents);
        return new AdapterManifest(
            AdapterManifest.CurrentVersion, input.Name, on.Name, manifests[0].BaseHash,
            [.. manifests.SelectMany(manifest => manifest.DatasetRoots).Distinct().OrderBy(root => root.Hex, StringComparer.Ordinal)],
            CanonicalJson.HashOf(recipe), weights, null, new Dictionary<string, string>(), null, time.GetUtcNow().ToUnixTimeMilliseconds())
        { Parents = parents };
    }

    private ModelDocument Document(string id, string owner, CombineInput input, IReadOnlyList<ModelDocument> parts, ModelDocument on, AdapterManifest manifest, string folder) => new()
    {
        Id = id,
        Kind = ModelKind.Adapter,
        Name = input.Name,
        Summary = $"Combined from {string.Join(", ", parts.Select(part => part.Name))}.",
        Family = on.Family,
        Path = Path.GetRelativePath(folders.Root, folder),
        Hash = manifest.WeightsHash,
        Licence = LicenceExpression.Of([.. parts.Select(part => part.Licence), on.Licence]),
        Manifest = CanonicalJson.Serialize(manifest),
        Owner = Address.TryParse(owner, out Address address) ? address : null,
        State = ModelState.Private,
        BaseId = on.Id,
        ParentIds = [.. parts.Select(part => part.Id)],
        DatanetIds = [.. parts.SelectMany(part => part.DatanetIds).Distinct()],
        DatasetRoots = manifest.DatasetRoots,
        DatanetVersionIds = [.. parts.SelectMany(part => part.DatanetVersionIds).Distinct()],
        Grounded = parts.All(part => part.Grounded),
        Size = Directory.EnumerateFiles(folder).Sum(file => new FileInfo(file).Length),
        Created = manifest.Time,
    };

    private static string Digits(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // What the manifest's recipe hash is over.
    private sealed record CombineRecipe(string Method, string? Density, long? Seed, IReadOnlyList<AdapterParent> Parents);
}
