using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>The door through which a file of rows comes: a plain request with the file as its body, so that a browser can show how far it is. Knows no rows.</summary>
internal static class UploadEndpoint
{
    /// <summary>The file's name, percent-encoded: header values are ASCII.</summary>
    private const string NameHeader = "X-File-Name";

    public static void MapUploads(this WebApplication app) => app
        .MapPost("/api/datanets/{id}/uploads", ReceiveAsync)
        .RequireAuthorization()
        .WithMetadata(new RequestSizeLimitAttribute(RequestLimits.MaxUploadBytes + 1));

    private static async Task<IResult> ReceiveAsync(string id, HttpContext http, IAntiforgery antiforgery, UploadRows uploads, CancellationToken cancel)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return Results.Json(new UploadAnswer(null, "This page is out of date. Load it again and choose the file once more."), statusCode: StatusCodes.Status400BadRequest);
        string name = Uri.UnescapeDataString(http.Request.Headers[NameHeader].ToString());
        if (name.Length == 0) return Results.Json(new UploadAnswer(null, "The file has no name."), statusCode: StatusCodes.Status400BadRequest);
        if (http.Request.ContentLength > RequestLimits.MaxUploadBytes) return Refused($"The file is larger than {RequestLimits.MaxUploadBytes / 1_000_000} MB. Part it into several files.");
        Outcome<Upload> outcome = await uploads.ReceiveAsync(Person.From(http.User), id, name, http.Request.Body, cancel);
        return outcome.Value is Upload upload ? Results.Json(new UploadAnswer(upload.Id, null)) : Refused(outcome.Refusal!.What);
    }

    private static IResult Refused(string why) => Results.Json(new UploadAnswer(null, why), statusCode: StatusCodes.Status422UnprocessableEntity);

    private sealed record UploadAnswer(string? UploadId, string? Why);
}
