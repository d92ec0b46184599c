using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;
using OpenLedger.Studio.Chain;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>
/// Makes the next version of a Datanet: its rows on disk, its signed record in the log with the wish to register its root on the chain, then its place in the catalogue.
/// A crash between any two of these is mended by publishing again. Asks nobody whether it may.
/// </summary>
public sealed class PublishVersion(Catalogue catalogue, DatanetRows rows, LedgerWriter ledger, RecordLog log, StudioFolders folders, TimeProvider time)
{
    /// <param name="datanetId">Held by <see cref="DatanetLocks"/> while this runs.</param>
    /// <param name="cancel">Until the ledger is written.</param>
    /// <exception cref="InvalidOperationException">No rows wait.</exception>
    public async Task<DatanetVersionDocument> PublishAsync(string datanetId, CancellationToken cancel)
    {
        DatanetDocument datanet = catalogue.Read(c => c.Datanets.Require(datanetId));
        int number = datanet.LatestVersion + 1;
        DatanetRow[] all = RowsOf(datanet);
        string file = folders.DatanetRows(datanetId, number);
        AtomicFile.Write(file, stream => RowsFile.Write(stream, all));

        DatasetVersion version = await ledger.WriteAsync(db => Record(db, datanet, all, number), cancel);
        DatanetVersionDocument document = Document(version, FileHashOf(file), datanet.LatestVersion == 0 ? null : Parent(datanet));
        catalogue.Write(c =>
        {
            c.Versions.Put(document);
            c.Datanets.Change(datanetId, known => known with
            {
                State = DatanetState.Published,
                Reason = null,
                LatestVersion = number,
                Rows = version.RowCount,
                Contributors = version.Contributors.Count,
                Updated = version.Time,
            });
        });
        rows.KeepWaiting(datanetId, []);
        return document;
    }

    /// <summary>Names the act of registering a version in the outbox.</summary>
    public static string OutboxKey(string datanetId, int number) => $"datanet-version/{datanetId}/{number}";

    // Rows that a version took in before a crash still wait: their ids tell.
    private DatanetRow[] RowsOf(DatanetDocument datanet)
    {
        IReadOnlyList<DatanetRow> before = rows.OfVersion(datanet.Id, datanet.LatestVersion);
        HashSet<string> known = [.. before.Select(row => row.Id)];
        DatanetRow[] added = [.. rows.Waiting(datanet.Id).Where(row => known.Add(row.Id))];
        return added.Length > 0 ? [.. before, .. added] : throw new InvalidOperationException($"Datanet '{datanet.Id}' has no rows that wait for version {datanet.LatestVersion + 1}");
    }

    private DatasetVersion Record(LedgerContext db, DatanetDocument datanet, DatanetRow[] all, int number)
    {
        string key = OutboxKey(datanet.Id, number);
        if (db.Outbox.Any(row => row.Key == key) && VersionRecords.Find(db, datanet.Id, number) is DatasetVersion known) return known;
        Sha256Hash? parent = VersionRecords.Find(db, datanet.Id, number - 1)?.Id;
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        DatasetVersion version = DatasetVersion.Over(all, datanet.Id, number, parent, datanet.Licence, datanet.Owner.Key, now);
        log.Append(db, VersionRecords.Kind, version);
        ChainOutbox.Add(db, key, VersionOnChain.Of(version), now);
        return version;
    }

    private Sha256Hash Parent(DatanetDocument datanet) => catalogue.Read(c => c.Versions.Require(DatanetVersionDocument.IdOf(datanet.Id, datanet.LatestVersion))).Root;

    private static DatanetVersionDocument Document(DatasetVersion version, Sha256Hash fileHash, Sha256Hash? parent) => new()
    {
        Id = DatanetVersionDocument.IdOf(version.DatanetId, version.Number),
        DatanetId = version.DatanetId,
        Number = version.Number,
        Root = version.Root,
        Parent = parent,
        Rows = version.RowCount,
        Contributors = [.. version.Contributors.Select(one => new ContributorCount(Address.Parse(one.Contributor), one.Rows))],
        FileHash = fileHash,
        Licence = version.Licence,
        Created = version.Time,
    };

    private static Sha256Hash FileHashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Sha256Hash.FromDigest(System.Security.Cryptography.SHA256.HashData(stream));
    }
}
