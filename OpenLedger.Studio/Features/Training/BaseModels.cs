using System.Collections.Concurrent;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Finds and opens the bases that can be tuned. Keeps none open.</summary>
public sealed class BaseModels(Catalogue catalogue, StudioFolders folders)
{
    private readonly ConcurrentDictionary<(string Id, Sha256Hash Hash), ModelOutline> _outlines = [];

    /// <summary>All bases, by name.</summary>
    public IReadOnlyList<ModelDocument> All() =>
        [.. catalogue.Read(c => c.Models.Find(model => model.Kind, ModelKind.Base)).OrderBy(model => model.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The base of that id, or null where there is none.</summary>
    public ModelDocument? Find(string id) =>
        catalogue.Read(c => c.Models.Get(id)) is ModelDocument { Kind: ModelKind.Base } found ? found : null;

    /// <summary>What a base is made of, by name and size: read from its headers once, so that a wish can be checked while it is typed.</summary>
    /// <exception cref="ModelException">The model is not supported.</exception>
    public ModelOutline Outline(ModelDocument found) =>
        _outlines.GetOrAdd((found.Id, found.Hash), _ => LanguageModel.ReadOutline(Path.Combine(folders.Root, found.Path)));

    /// <summary>Reads a base into memory in float32; its opener disposes it.</summary>
    public TrainingBase Open(ModelDocument found, CancellationToken cancel) => Open(found, BaseForm.Float32, cancel);

    /// <summary>Reads a base into memory, in the form that a recipe asks for; its opener disposes it.</summary>
    public TrainingBase Open(ModelDocument found, BaseForm form, CancellationToken cancel) =>
        TrainingBase.Open(Path.Combine(folders.Root, found.Path), found.Name, form: form, cancel: cancel);
}
