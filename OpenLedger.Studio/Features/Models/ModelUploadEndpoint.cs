using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Models;

/// <summary>The door through which a model's files come: plain requests, each with one file as its body, so that a browser can show how far it is. Knows no models.</summary>
internal static class ModelUploadEndpoint
{
    /// <summary>The file's name, percent-encoded: header values are ASCII.</summary>
    private const string NameHeader = "X-File-Name";

    public static void MapModelUploads(this WebApplication app) => app
        .MapPost("/api/models/arrivals/{arrival}", ReceiveAsync)
        .RequireAuthorization()
        .WithMetadata(new RequestSizeLimitAttribute(RequestLimits.MaxModelFileBytes));

    private static async Task<IResult> ReceiveAsync(string arrival, HttpContext http, IAntiforgery antiforgery, ModelUploads uploads, CancellationToken cancel)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return Results.Json(new Answer("This page is out of date. Load it again and choose the files once more."), statusCode: StatusCodes.Status400BadRequest);
        string? why = await uploads.ReceiveAsync(Person.From(http.User), arrival, Uri.UnescapeDataString(http.Request.Headers[NameHeader].ToString()), http.Request.Body, cancel);
        return why is null ? Results.Json(new Answer(null)) : Results.Json(new Answer(why), statusCode: StatusCodes.Status422UnprocessableEntity);
    }

    private sealed record Answer(string? Why);
}
