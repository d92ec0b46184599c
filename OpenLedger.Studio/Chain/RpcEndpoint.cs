using System.Text.Json.Nodes;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Chain;

/// <summary>The door to the gateway, <c>POST /rpc</c>: for wallets and pages, signed in or not, so many calls a minute.</summary>
public static class RpcEndpoint
{
    public const string Path = "/rpc";

    public static void MapRpc(this WebApplication app) =>
        app.MapPost(Path, AnswerAsync).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RequestRates.Rpc).WithName("Chain");

    private static async Task<IResult> AnswerAsync(HttpRequest request, RpcGateway gateway, CancellationToken cancel)
    {
        if (request.ContentLength > RpcGateway.MaxBodyBytes) return TooLarge();
        byte[] body = new byte[RpcGateway.MaxBodyBytes + 1];
        int read = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancel);
        if (read == body.Length) return TooLarge();
        JsonNode answer = await gateway.AnswerAsync(body.AsMemory(0, read), cancel);
        return Results.Text(answer.ToJsonString(), "application/json");
    }

    // With a body, so that no page takes the answer's place.
    private static IResult TooLarge() => Results.Problem($"A request has at most {RpcGateway.MaxBodyBytes} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge);
}
