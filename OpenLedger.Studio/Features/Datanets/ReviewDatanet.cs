using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>An admin's answer to a Datanet that waits: admit it, which publishes version 1, or send it back with a reason.</summary>
public sealed class ReviewDatanet(Catalogue catalogue, PublishVersion publish, DatanetLocks locks, TimeProvider time)
{
    public Task<Outcome<DatanetDocument>> ApproveAsync(Person admin, string id, CancellationToken cancel) => locks.AloneAsync<Outcome<DatanetDocument>>(id, async () =>
    {
        if (WhyNot(admin, id) is Refusal refusal) return refusal;
        await publish.PublishAsync(id, cancel);
        return catalogue.Read(c => c.Datanets.Require(id));
    }, cancel);

    public Task<Outcome<DatanetDocument>> SendBackAsync(Person admin, string id, string reason, CancellationToken cancel) => locks.AloneAsync<Outcome<DatanetDocument>>(id, () =>
    {
        if (WhyNot(admin, id) is Refusal refusal) return Task.FromResult<Outcome<DatanetDocument>>(refusal);
        if (ReviewReason.Fault(reason) is Refusal fault) return Task.FromResult<Outcome<DatanetDocument>>(fault);
        return Task.FromResult<Outcome<DatanetDocument>>(catalogue.Write(c => c.Datanets.Change(id, known => known with
        {
            State = DatanetState.SentBack,
            Reason = reason.Trim(),
            Updated = time.GetUtcNow().ToUnixTimeMilliseconds(),
        })));
    }, cancel);

    private Refusal? WhyNot(Person admin, string id)
    {
        if (!admin.IsAdmin) return Refusal.AdminOnly;
        if (catalogue.Read(c => c.Datanets.Get(id)) is not DatanetDocument datanet) return DatanetRefusals.NotFound;
        return datanet.State == DatanetState.WaitingForReview ? null : new Refusal("This Datanet does not wait for a review any more. Load the page again.");
    }
}
