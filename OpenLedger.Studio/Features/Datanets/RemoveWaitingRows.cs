using OpenLedger.Engine.Datanets;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Lets an owner take rows out again that wait for the next version. Published rows stay: a version never changes.</summary>
public sealed class RemoveWaitingRows(Catalogue catalogue, DatanetRows rows, DatanetLocks locks)
{
    public Task<Outcome<DatanetDocument>> RemoveAsync(Person person, string datanetId, IReadOnlySet<string> rowIds, CancellationToken cancel) =>
        locks.AloneAsync(datanetId, () => Task.FromResult(Remove(person, datanetId, rowIds)), cancel);

    private Outcome<DatanetDocument> Remove(Person person, string datanetId, IReadOnlySet<string> rowIds)
    {
        if (catalogue.Read(c => DatanetRules.Find(c, datanetId, person)) is not DatanetDocument datanet) return DatanetRefusals.NotFound;
        if (!DatanetRules.IsOwner(datanet, person)) return DatanetRefusals.OwnerOnly;
        if (datanet.State == DatanetState.WaitingForReview) return new Refusal("This Datanet waits for its review. Take it back to change its rows.");
        DatanetRow[] left = [.. rows.Waiting(datanetId).Where(row => !rowIds.Contains(row.Id))];
        rows.KeepWaiting(datanetId, left);
        return catalogue.Write(c => c.Datanets.Change(datanetId, known => known.LatestVersion == 0 ? known with { Rows = left.Length } : known));
    }
}
