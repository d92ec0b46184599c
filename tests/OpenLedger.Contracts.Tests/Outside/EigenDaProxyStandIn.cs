using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace OpenLedger.Contracts.Tests.Outside;

/// <summary>Answers as eigenda-proxy's memstore does (api/proxy of Layr-Labs/eigenda), errors on demand included.</summary>
internal sealed class EigenDaProxyStandIn : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, byte[]> _blobs = [];

    public EigenDaProxyStandIn()
    {
        Url = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>Status and body that puts and gets answer in place of the usual.</summary>
    public (int Status, string Body, string? RetryAfter)? Instead { get; set; }

    public long MaxPayload { get; set; } = 16_252_897;

    public int Requests { get; private set; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                Requests++;
                await AnswerAsync(context);
                context.Response.Close();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private Task AnswerAsync(HttpListenerContext context)
    {
        string path = context.Request.Url!.AbsolutePath;
        bool standard = context.Request.QueryString["commitment_mode"] == "standard";
        if (path == "/config") return WriteAsync(context, 200, Encoding.UTF8.GetBytes($$"""{"version":"2","chain_id":"1","max_payload_size_bytes":{{MaxPayload}},"apis_enabled":["standard"],"read_only_mode":false}"""));
        if (Instead is { } instead)
        {
            if (instead.RetryAfter is not null) context.Response.AddHeader("Retry-After", instead.RetryAfter);
            return WriteAsync(context, instead.Status, Encoding.UTF8.GetBytes(instead.Body));
        }
        if (path == "/put" && context.Request.HttpMethod == "POST" && standard) return PutAsync(context);
        if (path.StartsWith("/get/0x", StringComparison.Ordinal) && context.Request.HttpMethod == "GET" && standard) return GetAsync(context, path["/get/".Length..]);
        return WriteAsync(context, 400, "unexpected request"u8.ToArray());
    }

    // version byte 0x03 (V4 certificate) and a random certificate that looks like an RLP list
    private async Task PutAsync(HttpListenerContext context)
    {
        using MemoryStream body = new();
        await context.Request.InputStream.CopyToAsync(body);
        byte[] certificate = [0x03, 0xf8, 0x40, .. RandomNumberGenerator.GetBytes(64)];
        _blobs["0x" + Convert.ToHexStringLower(certificate)] = body.ToArray();
        await WriteAsync(context, 200, certificate);
    }

    private Task GetAsync(HttpListenerContext context, string commitment) =>
        _blobs.TryGetValue(commitment, out byte[]? payload)
            ? WriteAsync(context, 200, payload)
            : WriteAsync(context, 500, "commitment key not found"u8.ToArray());

    private static async Task WriteAsync(HttpListenerContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        await context.Response.OutputStream.WriteAsync(body);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
