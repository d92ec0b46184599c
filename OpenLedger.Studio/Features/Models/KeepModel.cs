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
/// <remarks>The document lies in the folder too, so that a folder which a kill left outside the catalogue finds its place at the next start (<see cref="RecallModels"/>).</remarks>
public sealed partial class KeepModel(Catalogue catalogue, StudioFolders folders, ModelArrivals arrivals, HubOptions options, TimeProvider time)
{
    /// <summary>The document's file in the model's folder.</summary>
    internal const string DocumentName = "model.json";

    /// <summary>Held while a base's folder and its place in the catalogue change: two imports of the same weights, or one and a removal, come one after the other.</summary>
    internal Lock Moving { get; } = new();

    /// <summary>The base's id; weights that are here already keep theirs, so that the same model is never here twice.</summary>
    public string Keep(ImportInput input, string owner, string opened, ModelCheck check, Sha256Hash hash)
    {
        lock (Moving)
        {
            if (catalogue.Read(c => BaseOf(c.Models.Find(model => model.Hash, hash))) is not ModelDocument known) return Adopt(input, owner, opened, check, hash);
            arrivals.Remove(input.Arrival);
            return known.Id;
        }
    }

    /// <summary>Puts it, unless its weights have a place already: that one is given back.</summary>
    internal static ModelDocument PutOnce(CatalogueWriting c, ModelDocument made)
    {
        if (BaseOf(c.Models.Find(model => model.Hash, made.Hash)) is ModelDocument known) return known;
        c.Models.Put(made);
        return made;
    }

    private static ModelDocument? BaseOf(IEnumerable<ModelDocument> models) => models.FirstOrDefault(model => model.Kind == ModelKind.Base);

    private string Adopt(ImportInput input, string owner, string opened, ModelCheck check, Sha256Hash hash)
    {
        string arrival = arrivals.FolderOf(input.Arrival), target = folders.Model(hash.Hex);
        string path = Path.GetFullPath(Path.Combine(target, Path.GetRelativePath(arrival, opened)));
        ModelDocument made = Describe(input, owner, path, SizeOf(opened), check, hash);
        File.WriteAllBytes(Path.Combine(arrival, DocumentName), CanonicalJson.SerializeToUtf8(made));
        AtomicFolder.Adopt(arrival, target);
        return catalogue.Write(c => PutOnce(c, made)).Id;
    }

    private ModelDocument Describe(ImportInput input, string owner, string path, long size, ModelCheck check, Sha256Hash hash) => new()
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
        Size = size,
        Created = time.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    // A GGUF model may be split: what opens it is its first part.
    private static long SizeOf(string path) => (Directory.Exists(path) ? Directory.GetFiles(path) : ModelFiles.At(path).Paths).Sum(file => new FileInfo(file).Length);

    private string OriginOf(ImportInput input) => input.Source switch
    {
        ImportSource.Hub => $"{options.Address.Authority}/{input.From}",
        ImportSource.Upload => "Uploaded files",
        ImportSource.Server => "A folder of this machine",
    };

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Plain();
}
