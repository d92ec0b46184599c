using Microsoft.AspNetCore.Http.HttpResults;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Export;

/// <summary>Hands out an export's files to whoever asked for the export. Large files may be fetched in parts.</summary>
public static class ExportFilesEndpoint
{
    public static async Task<Results<PhysicalFileHttpResult, NotFound>> SendAsync(string id, string name, HttpContext http, ReadExports exports, CancellationToken cancel) =>
        await exports.PathAsync(Person.From(http.User), id, name, cancel) is string path
            ? TypedResults.PhysicalFile(path, "application/octet-stream", name, enableRangeProcessing: true)
            : TypedResults.NotFound();
}
