using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Opens a new, empty Datanet as its owner's draft.</summary>
public sealed class CreateDatanet(Catalogue catalogue, TimeProvider time)
{
    public Outcome<DatanetDocument> Create(Person person, DatanetForm form)
    {
        if (person.Address is not Contracts.Values.Address owner) return Refusal.SignInFirst;
        if (form.Fault() is Refusal fault) return fault;
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        DatanetDocument datanet = new()
        {
            Id = CatalogueDocument.NewId(time),
            Name = form.Name.Trim(),
            Summary = form.Summary.Trim(),
            Description = form.Description,
            Tags = form.TagList,
            Licence = form.Licence,
            AsksForAccess = form.AsksForAccess,
            Owner = owner,
            State = DatanetState.Draft,
            Created = now,
            Updated = now,
        };
        catalogue.Write(c => c.Datanets.Put(datanet));
        return datanet;
    }
}
