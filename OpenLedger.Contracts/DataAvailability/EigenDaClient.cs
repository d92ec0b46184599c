using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OpenLedger.Contracts.DataAvailability;

/// <summary>Puts and gets data through an eigenda-proxy (Layr-Labs/eigenda, api/proxy), in its standard commitment mode. Knows nothing of certificates' insides.</summary>
/// <remarks>Size is checked before sending: a proxy breaks the connection on a body too large, before any answer can be read.</remarks>
public sealed class EigenDaClient(HttpClient http, Uri proxy) : IDataAvailability
{
    /// <summary>(2^19 - 1) symbols of 31 bytes: what a 16 MiB blob holds.</summary>
    public const long DefaultMaxPayloadBytes = 16_252_897;

    private const int MaxReasonBytes = 2000;
    private const int Teapot = 418;

    private long? _maxPayload;

    public string Label => "EigenDA";

    public async Task<PutResult> PutAsync(ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        _maxPayload ??= await AskMaxPayloadAsync(cancel);
        if (payload.IsEmpty) return new PutResult.Refused(400, "there is nothing to put");
        if (payload.Length > _maxPayload) return new PutResult.TooLarge(payload.Length, _maxPayload.Value);
        try
        {
            using ReadOnlyMemoryContent content = new(payload);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            using HttpResponseMessage response = await http.PostAsync(new Uri(proxy, "put?commitment_mode=standard"), content, cancel);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => await ReadCommitmentAsync(response, cancel),
                HttpStatusCode.TooManyRequests => new PutResult.RateLimited(response.Headers.RetryAfter?.Delta),
                HttpStatusCode.ServiceUnavailable => new PutResult.Down(),
                HttpStatusCode other => new PutResult.Refused((int)other, await ReasonAsync(response, cancel)),
            };
        }
        catch (HttpRequestException)
        {
            return new PutResult.Down();
        }
    }

    public async Task<GetResult> GetAsync(DataCommitment commitment, CancellationToken cancel)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri(proxy, $"get/{commitment.Hex}?commitment_mode=standard"), HttpCompletionOption.ResponseHeadersRead, cancel);
            return (int)response.StatusCode switch
            {
                200 => await ReadBoundedAsync(response, (int)(_maxPayload ?? DefaultMaxPayloadBytes), cancel) is byte[] payload
                    ? new GetResult.Found(payload)
                    : new GetResult.Refused(200, "the answer is longer than a blob can be"),
                Teapot => ReadFault(await ReasonAsync(response, cancel)),
                429 => new GetResult.RateLimited(response.Headers.RetryAfter?.Delta),
                503 => new GetResult.Down(),
                int other => new GetResult.Refused(other, await ReasonAsync(response, cancel)),
            };
        }
        catch (HttpRequestException)
        {
            return new GetResult.Down();
        }
    }

    // A proxy without /config (or down) leaves the network's own limit in force.
    private async Task<long> AskMaxPayloadAsync(CancellationToken cancel)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri(proxy, "config"), HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!response.IsSuccessStatusCode || await ReadBoundedAsync(response, MaxReasonBytes, cancel) is not byte[] body) return DefaultMaxPayloadBytes;
            using JsonDocument config = JsonDocument.Parse(body);
            return config.RootElement.TryGetProperty("max_payload_size_bytes", out JsonElement most) && most.TryGetInt64(out long bytes) && bytes > 0
                ? Math.Min(bytes, DefaultMaxPayloadBytes)
                : DefaultMaxPayloadBytes;
        }
        catch (Exception unreadable) when (unreadable is JsonException or HttpRequestException)
        {
            return DefaultMaxPayloadBytes;
        }
    }

    private static async Task<PutResult> ReadCommitmentAsync(HttpResponseMessage response, CancellationToken cancel) =>
        await ReadBoundedAsync(response, DataCommitment.MaxBytes, cancel) is { Length: > 1 } bytes
            ? new PutResult.Stored(DataCommitment.FromBytes(bytes))
            : new PutResult.Refused(200, "the proxy's answer is no commitment");

    private static GetResult.CertificateInvalid ReadFault(string json)
    {
        try
        {
            using JsonDocument body = JsonDocument.Parse(json);
            CertificateFault fault = (CertificateFault)body.RootElement.GetProperty("StatusCode").GetInt32();
            if (Enum.IsDefined(fault)) return new GetResult.CertificateInvalid(fault, body.RootElement.GetProperty("Msg").GetString() ?? "");
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new GetResult.CertificateInvalid(CertificateFault.Unreadable, json);
        }
        return new GetResult.CertificateInvalid(CertificateFault.Unreadable, json);
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancel) =>
        await ReadBoundedAsync(response, MaxReasonBytes, cancel) is byte[] bytes ? Encoding.UTF8.GetString(bytes).Trim() : "a long answer";

    private static async Task<byte[]?> ReadBoundedAsync(HttpResponseMessage response, int most, CancellationToken cancel)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancel);
        using MemoryStream whole = new();
        byte[] part = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(part, cancel)) > 0;)
        {
            if (whole.Length + read > most) return null;
            whole.Write(part, 0, read);
        }
        return whole.ToArray();
    }
}
