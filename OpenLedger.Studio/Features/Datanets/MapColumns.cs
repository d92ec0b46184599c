using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Datanets.Ingestion;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Changes how an upload is read: what its rows are, what its columns are used as, whether it has a header. Decisions about rows start afresh where rows change.</summary>
public sealed class MapColumns(ReadUpload uploads, UploadShelf shelf)
{
    public Task<Outcome<UploadView>> UseAsAsync(Person person, string uploadId, string column, ColumnRole role, CancellationToken cancel) =>
        ChangeAsync(person, uploadId, upload => upload with { Mapping = upload.Mapping.With(column, role), Certain = true }, cancel);

    public Task<Outcome<UploadView>> ShapeAsync(Person person, string uploadId, RowShape shape, CancellationToken cancel) =>
        ChangeAsync(person, uploadId, upload => upload with { Mapping = upload.Mapping.As(shape), Certain = true }, cancel);

    /// <summary>Rows get other numbers and other columns: the mapping is guessed anew, and decisions about rows are void.</summary>
    public Task<Outcome<UploadView>> ReadAsAsync(Person person, string uploadId, SourceChoices choices, CancellationToken cancel) =>
        ChangeAsync(person, uploadId, upload =>
        {
            Upload read = upload with { Choices = choices, Mends = [] };
            if (shelf.Open(read).File is not SourceFile file) return upload;
            ColumnRecognition guess = ColumnRecognition.Of(file);
            return read with { Mapping = guess.Mapping, Certain = guess.Certain };
        }, cancel);

    private async Task<Outcome<UploadView>> ChangeAsync(Person person, string uploadId, Func<Upload, Upload> change, CancellationToken cancel)
    {
        if (uploads.Mine(person, uploadId) is not Upload upload) return DatanetRefusals.NotFound;
        Upload changed = change(upload);
        shelf.Keep(changed);
        return await uploads.ViewAsync(changed, cancel);
    }
}
