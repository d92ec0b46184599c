using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Export;

/// <summary>Who may take a model away: its owner; an admin where it has none, as the shipped one. Reads nothing but what it is given.</summary>
public static class ExportRules
{
    public static bool MayExport(ModelDocument model, Person person) =>
        model.Kind == ModelKind.Adapter && (AdapterRules.IsOwner(model, person) || (model.Owner is null && person.IsAdmin));
}
