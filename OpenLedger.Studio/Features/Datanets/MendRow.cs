using OpenLedger.Engine.Datanets.Ingestion;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Decides about rows of an upload: leave out, keep, trim, write a cell anew. The file itself stays as it came.</summary>
public sealed class MendRow(ReadUpload uploads, UploadShelf shelf)
{
    private const int LongestText = 100_000;
    private const int MostMends = 20_000;

    public async Task<Outcome<UploadView>> MendAsync(Person person, string uploadId, RowMend mend, CancellationToken cancel)
    {
        if (mend.Value?.Length > LongestText) return new Refusal($"At most {LongestText:N0} characters.");
        if (uploads.Mine(person, uploadId) is not Upload upload) return DatanetRefusals.NotFound;
        return await KeepAsync(upload, [mend], cancel);
    }

    /// <summary>Takes the first mend of every problem that waits, as far as it needs no words.</summary>
    public async Task<Outcome<UploadView>> UseSuggestionsAsync(Person person, string uploadId, CancellationToken cancel)
    {
        if (uploads.Mine(person, uploadId) is not Upload upload) return DatanetRefusals.NotFound;
        UploadView view = await uploads.ViewAsync(upload, cancel);
        IEnumerable<RowMend> suggested = (view.Report?.Problems ?? []).Where(problem => problem.Blocks)
            .Select(problem => (problem.Row, Mend: problem.Mends.FirstOrDefault(mend => mend.Action != MendAction.Write)))
            .Where(pair => pair.Mend is not null).DistinctBy(pair => pair.Row)
            .Select(pair => new RowMend(pair.Row, pair.Mend!.Action));
        return await KeepAsync(upload, suggested, cancel);
    }

    /// <summary>Takes back every decision about a row.</summary>
    public async Task<Outcome<UploadView>> UndoAsync(Person person, string uploadId, int row, CancellationToken cancel)
    {
        if (uploads.Mine(person, uploadId) is not Upload upload) return DatanetRefusals.NotFound;
        Upload undone = upload with { Mends = [.. upload.Mends.Where(mend => mend.Row != row)] };
        shelf.Keep(undone);
        return await uploads.ViewAsync(undone, cancel);
    }

    private async Task<Outcome<UploadView>> KeepAsync(Upload upload, IEnumerable<RowMend> mends, CancellationToken cancel)
    {
        Upload mended = upload with { Mends = [.. upload.Mends, .. mends] };
        if (mended.Mends.Count > MostMends) return new Refusal($"More than {MostMends:N0} rows need a decision: mend the file where it came from.");
        shelf.Keep(mended);
        return await uploads.ViewAsync(mended, cancel);
    }
}
