using OpenLedger.Engine.Datanets;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Takes an owner's upload into the Datanet: its rows wait for the next version. Publishes nothing.</summary>
public sealed class AddRows(Catalogue catalogue, ReadUpload uploads, UploadShelf shelf, DatanetRows rows, DatanetLocks locks, TimeProvider time)
{
    /// <returns>The Datanet with its rows counted.</returns>
    public async Task<Outcome<DatanetDocument>> AddAsync(Person person, string uploadId, CancellationToken cancel)
    {
        if (uploads.Mine(person, uploadId) is not Upload upload) return DatanetRefusals.NotFound;
        return await locks.AloneAsync(upload.DatanetId, () => Task.Run(() => Add(person, upload, cancel), cancel), cancel);
    }

    private Outcome<DatanetDocument> Add(Person person, Upload upload, CancellationToken cancel)
    {
        if (catalogue.Read(c => DatanetRules.Find(c, upload.DatanetId, person)) is not DatanetDocument datanet) return DatanetRefusals.NotFound;
        if (!DatanetRules.IsOwner(datanet, person)) return DatanetRefusals.OwnerOnly;
        if (datanet.State == DatanetState.WaitingForReview) return new Refusal("This Datanet waits for its review. Take it back to add rows.");
        List<DatanetRow> taken = [];
        UploadView view = uploads.View(upload, taken.Add, cancel);
        if (view.Report is not { IsReady: true }) return new Refusal("Some rows still need a decision.");

        DatanetRow[] waiting = [.. rows.Waiting(datanet.Id), .. taken];
        rows.KeepWaiting(datanet.Id, waiting);
        shelf.Remove(upload.Id);
        return catalogue.Write(c => c.Datanets.Change(datanet.Id, known => known with
        {
            // What is published stays counted as published; a draft counts what it would publish.
            Rows = known.LatestVersion == 0 ? waiting.Length : known.Rows,
            Contributors = known.LatestVersion == 0 ? 1 : known.Contributors,
            Updated = time.GetUtcNow().ToUnixTimeMilliseconds(),
        }));
    }
}
