using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Tensors;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>The rows of a Datanet on disk: those of its versions, those that wait for the next one, those that somebody offers. Knows no rights.</summary>
public sealed class DatanetRows(StudioFolders folders)
{
    /// <summary>A version's rows; none for version 0.</summary>
    public IReadOnlyList<DatanetRow> OfVersion(string datanetId, int number) => number == 0 ? [] : Read(folders.DatanetRows(datanetId, number));

    /// <summary>Rows that will join the next version.</summary>
    public IReadOnlyList<DatanetRow> Waiting(string datanetId) => Read(DraftFile(datanetId));

    public void KeepWaiting(string datanetId, IReadOnlyList<DatanetRow> rows) => Write(DraftFile(datanetId), rows);

    public IReadOnlyList<DatanetRow> Offered(string datanetId, string contributionId) => Read(OfferFile(datanetId, contributionId));

    public void KeepOffered(string datanetId, string contributionId, IReadOnlyList<DatanetRow> rows) => Write(OfferFile(datanetId, contributionId), rows);

    private static DatanetRow[] Read(string path) => File.Exists(path) ? [.. RowsFile.Read(path)] : [];

    // Whole or not at all: temporary name, fsync, rename, fsync of the folder.
    private static void Write(string path, IReadOnlyList<DatanetRow> rows) => AtomicFile.Write(path, stream => RowsFile.Write(stream, rows));

    private string DraftFile(string datanetId) => Path.Combine(folders.Datanet(datanetId), "waiting.jsonl");

    private string OfferFile(string datanetId, string contributionId) => Path.Combine(folders.Datanet(datanetId), $"offer-{contributionId}.jsonl");
}
