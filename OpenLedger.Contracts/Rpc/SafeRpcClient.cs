using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Nethereum.JsonRpc.Client;
using Nethereum.JsonRpc.Client.RpcMessages;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OpenLedger.Contracts.Rpc;

/// <summary>Nethereum's transport with what its own lacks: a bounded answer, a deadline, a checked id and cancellation. Knows nothing of Ethereum.</summary>
/// <remarks>Nethereum's calls take no token, so the token of the current flow travels in an <see cref="AsyncLocal{T}"/>: see <see cref="Until"/>.</remarks>
public sealed class SafeRpcClient(HttpClient http, Uri url, RpcLimits? limits = null) : ClientBase
{
    private static readonly JsonSerializerSettings _settings = DefaultJsonSerializerSettingsFactory.BuildDefaultJsonSerializerSettings();

    private readonly RpcLimits _limits = limits ?? new RpcLimits();
    private readonly AsyncLocal<CancellationToken> _cancel = new();

    public Uri Url => url;

    /// <summary>Until disposed, calls of this flow end when <paramref name="cancel"/> says so.</summary>
    public IDisposable Until(CancellationToken cancel)
    {
        CancellationToken before = _cancel.Value;
        _cancel.Value = cancel;
        return new Restore(this, before);
    }

    /// <summary>Asks one question for which Nethereum has no typed call.</summary>
    public async Task<T> AskAsync<T>(string method, CancellationToken cancel, params object[] parameters)
    {
        using IDisposable until = Until(cancel);
        return await SendRequestAsync<T>(method, null, parameters);
    }

    /// <exception cref="RpcTransportException">No answer, or none that fits the question.</exception>
    public override async Task<RpcResponseMessage> SendAsync(RpcRequestMessage rpcRequestMessage, string? route = null)
    {
        ArgumentNullException.ThrowIfNull(rpcRequestMessage);
        string method = rpcRequestMessage.Method;
        JToken answer = Parse(method, await PostAsync(method, JsonConvert.SerializeObject(rpcRequestMessage, _settings)));
        return Read(method, answer, rpcRequestMessage.Id);
    }

    protected override async Task<RpcResponseMessage[]> SendAsync(RpcRequestMessage[] requests)
    {
        string answer = await PostAsync("batch", JsonConvert.SerializeObject(requests, _settings));
        if (Parse("batch", answer) is not JArray answers || answers.Count != requests.Length)
            throw new RpcTransportException("batch", $"asked {requests.Length} questions and got another number of answers");
        Dictionary<string, JToken> byId = answers.ToDictionary(one => IdOf(one["id"]));
        return [.. requests.Select(request => byId.TryGetValue(IdOf(request.Id), out JToken? one)
            ? Read(request.Method, one, request.Id)
            : throw new RpcTransportException(request.Method, "left out of the batch's answer"))];
    }

    private async Task<string> PostAsync(string method, string body)
    {
        CancellationToken cancel = _cancel.Value;
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(_limits.Timeout);
        try
        {
            using StringContent content = new(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = content };
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            string text = await ReadBoundedAsync(method, response.Content, deadline.Token);
            // Some nodes answer errors with 4xx and a JSON-RPC body: the body decides, if there is one.
            return response.IsSuccessStatusCode || text.StartsWith('{')
                ? text
                : throw new RpcTransportException(method, $"HTTP {(int)response.StatusCode}");
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new RpcTransportException(method, $"no answer in {_limits.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s", late);
        }
        catch (HttpRequestException broken)
        {
            throw new RpcTransportException(method, broken.Message, broken);
        }
        catch (IOException broken) when (broken is not RpcTransportException)
        {
            throw new RpcTransportException(method, broken.Message, broken);
        }
    }

    private async Task<string> ReadBoundedAsync(string method, HttpContent content, CancellationToken cancel)
    {
        await using Stream stream = await content.ReadAsStreamAsync(cancel);
        using MemoryStream whole = new();
        byte[] part = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(part, cancel)) > 0;)
        {
            if (whole.Length + read > _limits.MaxBytes) throw new RpcTransportException(method, $"the answer is longer than {_limits.MaxBytes} bytes");
            whole.Write(part, 0, read);
        }
        return Encoding.UTF8.GetString(whole.GetBuffer(), 0, (int)whole.Length);
    }

    private static JToken Parse(string method, string answer)
    {
        try
        {
            return JsonConvert.DeserializeObject<JToken>(answer, _settings) ?? throw new RpcTransportException(method, "an empty answer");
        }
        catch (JsonException broken)
        {
            throw new RpcTransportException(method, "the answer is not JSON", broken);
        }
    }

    // A missing result would become a silent null, which for a receipt means "not mined": only an explicit null may.
    private static RpcResponseMessage Read(string method, JToken answer, object id)
    {
        if (answer is not JObject parts || (parts["result"] is null && parts["error"] is not JObject)) throw new RpcTransportException(method, "the answer has neither result nor error");
        if (IdOf(parts["id"]) != IdOf(id)) throw new RpcTransportException(method, "the answer is to another question");
        try
        {
            return parts.ToObject<RpcResponseMessage>(JsonSerializer.Create(_settings))!;
        }
        catch (JsonException broken)
        {
            throw new RpcTransportException(method, "the answer is no JSON-RPC answer", broken);
        }
    }

    private static string IdOf(object? id) => Convert.ToString(id, CultureInfo.InvariantCulture) ?? "";

    private sealed class Restore(SafeRpcClient client, CancellationToken before) : IDisposable
    {
        public void Dispose() => client._cancel.Value = before;
    }
}
