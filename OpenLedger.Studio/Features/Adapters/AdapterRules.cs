using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Adapters;

/// <summary>Who may see and who may change a model: the one place where that is decided. Reads nothing but what it is given.</summary>
public static class AdapterRules
{
    public static bool IsOwner(ModelDocument model, Person person) => model.Owner is { } owner && person.Address == owner;

    /// <summary>Who may take a model away whole: its owner; an admin where it has none, as the shipped one.</summary>
    public static bool MayExport(ModelDocument model, Person person) =>
        model.Kind == ModelKind.Adapter && (IsOwner(model, person) || (model.Owner is null && person.IsAdmin));

    /// <summary>Bases and published adapters are everybody's to see and talk to; what is private is its owner's and the admins', a moment of a training its owner's alone.</summary>
    public static bool MaySee(ModelDocument model, Person person) => model.State switch
    {
        ModelState.Published => true,
        ModelState.Private or ModelState.Withdrawn => IsOwner(model, person) || (person.IsAdmin && model.Kind != ModelKind.Moment),
    };

    /// <summary>The model, if this person may see it.</summary>
    public static ModelDocument? Find(CatalogueReading catalogue, string id, Person person) =>
        catalogue.Models.Get(id) is ModelDocument model && MaySee(model, person) ? model : null;
}
