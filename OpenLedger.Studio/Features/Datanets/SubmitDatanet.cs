using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Asks the admins to admit a Datanet, or takes the request back. Changes no row.</summary>
public sealed class SubmitDatanet(Catalogue catalogue, DatanetRows rows, DatanetLocks locks, TimeProvider time)
{
    public Task<Outcome<DatanetDocument>> SubmitAsync(Person person, string id, CancellationToken cancel) =>
        locks.AloneAsync(id, () => Task.FromResult(Move(person, id, DatanetState.WaitingForReview)), cancel);

    public Task<Outcome<DatanetDocument>> TakeBackAsync(Person person, string id, CancellationToken cancel) =>
        locks.AloneAsync(id, () => Task.FromResult(Move(person, id, DatanetState.Draft)), cancel);

    private Outcome<DatanetDocument> Move(Person person, string id, DatanetState next)
    {
        if (catalogue.Read(c => DatanetRules.Find(c, id, person)) is not DatanetDocument datanet) return DatanetRefusals.NotFound;
        if (!DatanetRules.IsOwner(datanet, person)) return DatanetRefusals.OwnerOnly;
        if (!Follows(datanet.State, next)) return new Refusal("This Datanet is not in a state in which that can be done. Load the page again.");
        if (next == DatanetState.WaitingForReview && rows.Waiting(id).Count == 0) return new Refusal("There are no rows yet. Upload a file first.");
        return catalogue.Write(c => c.Datanets.Change(id, known => known with { State = next, Reason = null, Updated = time.GetUtcNow().ToUnixTimeMilliseconds() }));
    }

    private static bool Follows(DatanetState now, DatanetState next) => now switch
    {
        DatanetState.Draft or DatanetState.SentBack => next == DatanetState.WaitingForReview,
        DatanetState.WaitingForReview => next == DatanetState.Draft,
        DatanetState.Published => false, // an admitted Datanet's versions are its owner's to publish
    };
}
