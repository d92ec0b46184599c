using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Datanets;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Offers an upload's rows to somebody else's Datanet. They stay the contributor's, and out of it, until its owner takes them.</summary>
public sealed class ContributeRows(Catalogue catalogue, ReadUpload uploads, UploadShelf shelf, DatanetRows rows, DatanetLocks locks, TimeProvider time)
{
    private const int LongestNote = 500;

    public async Task<Outcome<ContributionDocument>> OfferAsync(Person person, string uploadId, string note, CancellationToken cancel)
    {
        if (note.Length > LongestNote) return new Refusal($"At most {LongestNote} characters.", "Note");
        if (person.Address is not Address contributor) return Refusal.SignInFirst;
        if (uploads.Mine(person, uploadId) is not Upload upload) return DatanetRefusals.NotFound;
        return await locks.AloneAsync(upload.DatanetId, () => Task.Run(() => Offer(person, contributor, upload, note, cancel), cancel), cancel);
    }

    private Outcome<ContributionDocument> Offer(Person person, Address contributor, Upload upload, string note, CancellationToken cancel)
    {
        if (catalogue.Read(c => DatanetRules.Find(c, upload.DatanetId, person)) is not { State: DatanetState.Published }) return DatanetRefusals.NotFound;
        List<DatanetRow> offered = [];
        UploadView view = uploads.View(upload, offered.Add, cancel);
        if (view.Report is not { IsReady: true }) return new Refusal("Some rows still need a decision.");

        ContributionDocument contribution = new()
        {
            Id = CatalogueDocument.NewId(time),
            DatanetId = upload.DatanetId,
            Contributor = contributor,
            UploadId = upload.Id,
            FileName = upload.FileName,
            FileHash = upload.FileHash,
            Rows = offered.Count,
            Note = note.Trim(),
            State = ContributionState.Waiting,
            Created = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        rows.KeepOffered(upload.DatanetId, contribution.Id, offered);
        catalogue.Write(c => c.Contributions.Put(contribution));
        shelf.Remove(upload.Id);
        return contribution;
    }
}
