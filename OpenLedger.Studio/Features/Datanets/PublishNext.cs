using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Lets the owner of an admitted Datanet publish the rows that wait as its next version.</summary>
public sealed class PublishNext(Catalogue catalogue, DatanetRows rows, PublishVersion publish, DatanetLocks locks)
{
    public Task<Outcome<DatanetVersionDocument>> PublishAsync(Person person, string id, CancellationToken cancel) => locks.AloneAsync<Outcome<DatanetVersionDocument>>(id, async () =>
    {
        if (catalogue.Read(c => DatanetRules.Find(c, id, person)) is not DatanetDocument datanet) return DatanetRefusals.NotFound;
        if (!DatanetRules.IsOwner(datanet, person)) return DatanetRefusals.OwnerOnly;
        if (datanet.State != DatanetState.Published) return new Refusal("The first version is published when an admin admits the Datanet.");
        if (rows.Waiting(id).Count == 0) return new Refusal("No rows wait for a next version.");
        return await publish.PublishAsync(id, cancel);
    }, cancel);
}
