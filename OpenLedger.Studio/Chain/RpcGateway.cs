using System.Text.Json;
using System.Text.Json.Nodes;
using Nethereum.JsonRpc.Client;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Transactions;

namespace OpenLedger.Studio.Chain;

/// <summary>What strangers may ask the development chain: reading, and transactions that are signed, well formed and ours. Everything else of the node (which mints and forges on request) stays behind it.</summary>
public sealed class RpcGateway(ChainHttp http, StartChain start, StudioChain chain)
{
    /// <summary>Largest request, in bytes: one transaction of the largest size in hex, and room around it.</summary>
    public const int MaxBodyBytes = 2 * RawTransaction.MaxBytes + 16 * 1024;

    /// <summary>Most calls in one request.</summary>
    public const int MaxBatch = 20;

    private const int MaxParameters = 2;   // eth_call's third and fourth rewrite state and blocks
    private const int MaxDepth = 16;
    private const int InvalidRequest = -32600, MethodNotFound = -32601, InvalidParams = -32602, ParseError = -32700, Unavailable = -32002, TransactionRejected = -32003;

    private static readonly RpcLimits _limits = new() { Timeout = TimeSpan.FromSeconds(10), MaxBytes = 4 * 1024 * 1024 };

    private static readonly HashSet<string> _allowed =
    [
        "eth_chainId", "eth_blockNumber", "eth_syncing", "eth_gasPrice", "eth_maxPriorityFeePerGas", "eth_feeHistory", "eth_getBalance", "eth_getCode", "eth_getStorageAt", "eth_getTransactionCount",
        "eth_call", "eth_estimateGas", "eth_getBlockByNumber", "eth_getBlockByHash", "eth_getTransactionByHash", "eth_getTransactionReceipt", "eth_getLogs", "eth_sendRawTransaction",
        "net_version", "net_listening", "web3_clientVersion",
    ];

    private readonly RawTransactionParser _parser = new(chain.Id);

    /// <summary>Answers a JSON-RPC request or batch.</summary>
    public async Task<JsonNode> AnswerAsync(ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        JsonNode? asked;
        try
        {
            asked = JsonNode.Parse(body.Span, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
        }
        catch (System.Text.Json.JsonException)
        {
            return Error(null, ParseError, "the request is not JSON");
        }
        if (asked is not JsonArray batch) return await OneAsync(asked, cancel);
        if (batch.Count is 0 or > MaxBatch) return Error(null, InvalidRequest, $"a batch has 1 to {MaxBatch} calls");
        JsonArray answers = [];
        foreach (JsonNode? one in batch) answers.Add(await OneAsync(one, cancel));
        return answers;
    }

    private async Task<JsonNode> OneAsync(JsonNode? asked, CancellationToken cancel)
    {
        if (asked is not JsonObject call || call["method"] is not JsonValue name || !name.TryGetValue(out string? method)) return Error(null, InvalidRequest, "a call is an object with a method");
        JsonNode? id = call["id"] is JsonValue given ? given.DeepClone() : null;
        if (method == "eth_accounts") return Result(id, new JsonArray());
        if (!_allowed.Contains(method)) return Error(id, MethodNotFound, "this method is not served here");
        if (call["params"] is not (null or JsonArray { Count: <= MaxParameters }) && method != "eth_feeHistory" && method != "eth_getStorageAt") return Error(id, InvalidParams, $"at most {MaxParameters} parameters");
        JsonArray parameters = call["params"] as JsonArray ?? [];
        if (parameters.Count > 3) return Error(id, InvalidParams, "too many parameters");
        if (method == "eth_sendRawTransaction" && WhyRefused(parameters) is string refusal) return Error(id, TransactionRejected, refusal);
        return await ForwardAsync(id, method, parameters, cancel);
    }

    private string? WhyRefused(JsonArray parameters) =>
        parameters is [JsonValue only] && only.TryGetValue(out string? raw) ? _parser.Parse(raw).Refusal : "one raw transaction is wanted";

    private async Task<JsonNode> ForwardAsync(JsonNode? id, string method, JsonArray parameters, CancellationToken cancel)
    {
        if (start.Rpc is not Uri url) return Error(id, Unavailable, chain.Missing);
        try
        {
            SafeRpcClient node = new(http.Client, url, _limits);
            object[] given = [.. parameters.Select(one => (object)TokenOf(one))];
            JToken? result = await node.AskAsync<JToken?>(method, cancel, given);
            return Result(id, result is null ? null : JsonNode.Parse(result.ToString(Formatting.None)));
        }
        catch (RpcResponseException refused)
        {
            return Error(id, refused.RpcError.Code, refused.RpcError.Message, refused.RpcError.Data?.ToString());
        }
        catch (RpcTransportException away)
        {
            return Error(id, Unavailable, $"the chain does not answer: {away.Message}");
        }
    }

    // Newtonsoft would read a text that looks like a date as one.
    private static JToken TokenOf(JsonNode? node)
    {
        using JsonTextReader reader = new(new StringReader(node?.ToJsonString() ?? "null")) { DateParseHandling = DateParseHandling.None, MaxDepth = MaxDepth };
        return JToken.ReadFrom(reader);
    }

    private static JsonObject Result(JsonNode? id, JsonNode? result) => new() { ["jsonrpc"] = "2.0", ["id"] = id, ["result"] = result };

    private static JsonObject Error(JsonNode? id, int code, string message, string? data = null)
    {
        JsonObject error = new() { ["code"] = code, ["message"] = message };
        if (data is not null) error["data"] = data;
        return new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["error"] = error };
    }
}
