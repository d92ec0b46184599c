using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Datanets.Ingestion;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Looks at an upload under the decisions made so far. Only the person who brought it can.</summary>
public sealed class ReadUpload(Catalogue catalogue, UploadShelf shelf, DatanetRows rows)
{
    /// <summary>The file this person is working on for this Datanet, or null.</summary>
    public async Task<UploadView?> CurrentAsync(Person person, string datanetId, CancellationToken cancel)
    {
        if (person.Address is not Address address || catalogue.Read(c => DatanetRules.Find(c, datanetId, person)) is null) return null;
        return shelf.Current(datanetId, address) is Upload upload ? await ViewAsync(upload, cancel) : null;
    }

    /// <summary>An upload that is this person's own.</summary>
    internal Upload? Mine(Person person, string uploadId) => shelf.Find(uploadId) is Upload upload && upload.Owner == person.Address ? upload : null;

    internal Task<UploadView> ViewAsync(Upload upload, CancellationToken cancel) => Task.Run(() => View(upload, take: null, cancel), cancel);

    /// <summary>Reads the file through; rows are handed to <paramref name="take"/> as they come.</summary>
    internal UploadView View(Upload upload, Action<DatanetRow>? take, CancellationToken cancel)
    {
        SourceOpening opening = shelf.Open(upload);
        SourceFile file = opening.File ?? throw new UploadGoneException(upload.Id, opening.Refusal!.What);
        if (upload.Mapping.Faults.Count > 0) return new(upload, file, null);
        IngestPlan plan = new(upload.Mapping, upload.Mends, upload.Owner.Key, Existing(upload.DatanetId));
        return new(upload, file, RowIngest.Run(file, plan, take, null, cancel));
    }

    internal IReadOnlyList<DatanetRow> Existing(string datanetId)
    {
        DatanetDocument datanet = catalogue.Read(c => c.Datanets.Require(datanetId));
        return [.. rows.OfVersion(datanetId, datanet.LatestVersion), .. rows.Waiting(datanetId)];
    }
}

/// <summary>An upload that could be read when it came cannot be read any more.</summary>
public sealed class UploadGoneException(string uploadId, string why) : Exception($"upload '{uploadId}' cannot be read any more: {why}");
