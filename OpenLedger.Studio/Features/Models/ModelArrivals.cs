using OpenLedger.Engine.Hub;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Folders of models on their way in: one each, gone once the model is kept or given up. Knows no source.</summary>
public sealed class ModelArrivals(StudioFolders folders, TimeProvider time)
{
    /// <summary>A new folder's name; the folder is made.</summary>
    public string Begin()
    {
        string id = CatalogueDocument.NewId(time);
        Directory.CreateDirectory(folders.Arrival(id));
        return id;
    }

    /// <summary>Bytes free where they lie.</summary>
    public long Free => DiskRoom.At(folders.Arrivals);

    public string FolderOf(string id) => folders.Arrival(id);

    public bool IsThere(string id) => Directory.Exists(folders.Arrival(id));

    public void Remove(string id)
    {
        if (IsThere(id)) Directory.Delete(folders.Arrival(id), recursive: true);
    }

    /// <summary>All that lie here, whoever began them.</summary>
    public IReadOnlyList<string> All() => [.. Directory.EnumerateDirectories(folders.Arrivals).Select(path => Path.GetFileName(path)!)];
}
