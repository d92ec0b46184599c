using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Adapters;

/// <summary>Lets an owner change what an adapter says and asks. Calls that were answered keep the price they had: it stands in their receipt.</summary>
public sealed class SetTerms(Catalogue catalogue)
{
    public PublishedAdapter Set(Person person, string id, AdapterTerms terms)
    {
        if (catalogue.Read(c => AdapterRules.Find(c, id, person)) is not { Kind: ModelKind.Adapter } model) return new(null, "There is no such adapter, or it is not open to you.");
        if (!AdapterRules.IsOwner(model, person)) return new(null, "Only the owner of this adapter can change its price.");
        return terms.Problem is string problem ? new(null, problem) : new(catalogue.Write(c => c.Models.Change(id, terms.On)), null);
    }
}
