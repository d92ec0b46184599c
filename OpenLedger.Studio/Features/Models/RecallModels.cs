using System.Text.Json;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Puts bases into the catalogue whose folder was kept a moment before a kill. Tries and moves none.</summary>
public sealed class RecallModels(Catalogue catalogue, StudioFolders folders, ILogger<RecallModels> log)
{
    public void Recall()
    {
        string models = Path.GetDirectoryName(folders.Arrivals)!;
        foreach (string file in Directory.EnumerateDirectories(models).Select(folder => Path.Combine(folder, KeepModel.DocumentName)).Where(File.Exists))
            if (Read(file) is ModelDocument made) catalogue.Write(c => KeepModel.PutOnce(c, made));
    }

    // Only where the folder's name says the same weights.
    private ModelDocument? Read(string file)
    {
        try
        {
            ModelDocument made = CanonicalJson.Read<ModelDocument>(File.ReadAllText(file));
            return made.Kind == ModelKind.Base && folders.Model(made.Hash.Hex) == Path.GetDirectoryName(file) ? made : null;
        }
        catch (JsonException broken)
        {
            log.LogWarning(broken, "'{File}' describes no model; import the model again to have it back", file);
            return null;
        }
    }
}
