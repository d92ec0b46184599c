using Microsoft.AspNetCore.Http.HttpResults;
using OpenLedger.Engine.Adapters;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Adapters;

/// <summary>Hands out an adapter's files, by name from a closed list. A path never comes from the asker.</summary>
public static class AdapterFilesEndpoint
{
    /// <summary>What can be taken, in the order of the page: PEFT's two files, the manifest, the log of rows.</summary>
    public static IReadOnlyList<string> Names { get; } = [AdapterFile.WeightsName, AdapterConfigJson.FileName, "manifest.json", "rows.log.jsonl"];

    public static Results<PhysicalFileHttpResult, NotFound> Send(string id, string name, HttpContext http, Catalogue catalogue, StudioFolders folders)
    {
        Person person = Person.From(http.User);
        if (catalogue.Read(c => AdapterRules.Find(c, id, person)) is not { Kind: ModelKind.Adapter } model || !Names.Contains(name)) return TypedResults.NotFound();
        string path = Path.Combine(folders.Root, model.Path, name);
        return File.Exists(path) ? TypedResults.PhysicalFile(path, "application/octet-stream", $"{model.Name}-{name}") : TypedResults.NotFound();
    }
}
