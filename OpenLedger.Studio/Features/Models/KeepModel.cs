using System.Text.RegularExpressions;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Hub;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Tensors;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Puts a model that was gathered and tried among the bases: its folder by one rename, then its place in the catalogue. Tries nothing.</summary>
public sealed partial class KeepModel(Catalogue catalogue, StudioFolders folders, ModelArrivals arrivals, HubOptions options, TimeProvider time)
{
    /// <summary>The base's id; weights that are here already keep theirs, so that the same model is never here twice.</summary>
    public string Keep(ImportInput input, string owner, string opened, ModelCheck check, Sha256Hash hash)
    {
        if (catalogue.Read(c => c.Models.Find(model => model.Hash, hash)).FirstOrDefault(model => model.Kind == ModelKind.Base) is ModelDocument known)
        {
            arrivals.Remove(input.Arrival);
            return known.Id;
        }
        string target = folders.Model(hash.Hex), within = Path.GetRelativePath(arrivals.FolderOf(input.Arrival), opened);
        AtomicFolder.Adopt(arrivals.FolderOf(input.Arrival), target);
        ModelDocument made = Describe(input, owner, Path.GetFullPath(Path.Combine(target, within)), check, hash);
        catalogue.Write(c => c.Models.Put(made));
        return made.Id;
    }

    private ModelDocument Describe(ImportInput input, string owner, string path, ModelCheck check, Sha256Hash hash) => new()
    {
        Id = $"{Plain().Replace(input.Name.ToLowerInvariant(), "-").Trim('-')}-{hash.Hex[..8]}",
        Kind = ModelKind.Base,
        Name = input.Name,
        Family = ImportWords.Family(check.Family),
        Licence = input.Licence.Length > 0 ? input.Licence : "not stated",
        State = ModelState.Published, // bases are everybody's on this Studio
        Summary = $"{ImportWords.Parameters(check.Parameters)} numbers, sees {check.Context:N0} tokens at once. Brought in, and nobody here made it.",
        Path = Path.GetRelativePath(folders.Root, path),
        Hash = hash,
        Origin = new ModelOrigin(OriginOf(input), input.Revision, Address.TryParse(owner, out Address by) ? by : null),
        Check = check,
        Context = check.Context,
        Parameters = check.Parameters,
        Size = Directory.Exists(path) ? Directory.EnumerateFiles(path).Sum(file => new FileInfo(file).Length) : new FileInfo(path).Length,
        Created = time.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    private string OriginOf(ImportInput input) => input.Source switch
    {
        ImportSource.Hub => $"{options.Address.Authority}/{input.From}",
        ImportSource.Upload => "Uploaded files",
        ImportSource.Server => "A folder of this machine",
    };

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Plain();
}
