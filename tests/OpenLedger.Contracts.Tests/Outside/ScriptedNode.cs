using System.Net;
using System.Text;
using Newtonsoft.Json.Linq;

namespace OpenLedger.Contracts.Tests.Outside;

/// <summary>A node that answers as the test says, without a network. Keeps what it was asked.</summary>
internal sealed class ScriptedNode(Func<JObject, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public List<JObject> Asked { get; } = [];

    public static ScriptedNode Results(Func<string, JArray, object?> result) => new((request, _) =>
        Task.FromResult(Json(new JObject { ["jsonrpc"] = "2.0", ["id"] = request["id"], ["result"] = ToToken(result((string)request["method"]!, (JArray)request["params"]!)) })));

    public static ScriptedNode Raw(Func<JObject, string> body, HttpStatusCode status = HttpStatusCode.OK) => new((request, _) => Task.FromResult(Json(body(request), status)));

    public static HttpResponseMessage Json(JToken body) => Json(body.ToString());

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        JToken body = JToken.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        JObject first = body as JObject ?? (JObject)body[0]!;
        lock (Asked) Asked.Add(first);
        return await answer(first, cancellationToken);
    }

    private static JToken ToToken(object? value) => value is null ? JValue.CreateNull() : JToken.FromObject(value);
}
