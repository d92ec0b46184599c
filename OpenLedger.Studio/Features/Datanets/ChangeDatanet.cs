using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Lets an owner rewrite what is said about a Datanet. Versions that are published keep the licence they were published under.</summary>
public sealed class ChangeDatanet(Catalogue catalogue, TimeProvider time)
{
    public Outcome<DatanetDocument> Change(Person person, string id, DatanetForm form)
    {
        if (catalogue.Read(c => DatanetRules.Find(c, id, person)) is not DatanetDocument datanet) return DatanetRefusals.NotFound;
        if (!DatanetRules.IsOwner(datanet, person)) return DatanetRefusals.OwnerOnly;
        if (form.Fault() is Refusal fault) return fault;
        return catalogue.Write(c => c.Datanets.Change(id, known => known with
        {
            Name = form.Name.Trim(),
            Summary = form.Summary.Trim(),
            Description = form.Description,
            Tags = form.TagList,
            Licence = form.Licence,
            AsksForAccess = form.AsksForAccess,
            Updated = time.GetUtcNow().ToUnixTimeMilliseconds(),
        }));
    }
}
