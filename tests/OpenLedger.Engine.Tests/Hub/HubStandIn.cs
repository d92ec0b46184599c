using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OpenLedger.Engine.Tests.Hub;

/// <summary>
/// Plays a model hub on this machine, in the shapes of the public one: the list, the redirect to another address for large files, ranges, ETags. Misbehaves as it
/// is told. Knows nothing of models.
/// </summary>
public sealed class HubStandIn : IAsyncDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly WebApplication _app;
    private readonly Dictionary<string, string> _paths;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<HubMisdeed>> _misdeeds = new();

    private HubStandIn(string repository, Dictionary<string, string> paths)
    {
        (Repository, _paths) = (repository, paths);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapGet("/api/models/{**rest}", ListAsync);
        _app.MapGet("/{owner}/{name}/resolve/{revision}/{file}", ResolveAsync);
        _app.MapMethods("/{owner}/{name}/resolve/{revision}/{file}", ["HEAD"], (string file, HttpContext http) => SendAsync(file, http, head: true));
        _app.MapGet("/cdn/{file}", (string file, HttpContext http) => SendAsync(file, http, head: false));
    }

    public string Repository { get; }

    public Uri Address => new(_app.Urls.First() + "/");

    /// <summary>The only token that is let in; null lets everybody in.</summary>
    public string? Token { get; set; }

    public string Licence { get; set; } = "apache-2.0";

    /// <summary>Whether the list tells sizes and hashes, as it does when asked for.</summary>
    public bool ListsSizes { get; set; } = true;

    /// <summary>What was asked for, in order.</summary>
    public ConcurrentQueue<HubCall> Calls { get; } = new();

    /// <param name="repository">"owner/name".</param>
    /// <param name="folder">Whose files it has, at the top.</param>
    /// <param name="names">Those of them that it has; none for all.</param>
    public static async Task<HubStandIn> StartAsync(string repository, string folder, params string[] names)
    {
        HubStandIn hub = new(repository, Directory.GetFiles(folder).Where(path => names.Length == 0 || names.Contains(Path.GetFileName(path))).ToDictionary(path => Path.GetFileName(path)!, StringComparer.Ordinal));
        await hub._app.StartAsync();
        return hub;
    }

    /// <summary>How the next requests for a file go wrong, one after the other ("" for the list). Then all is well.</summary>
    public void Misbehave(string file, params HubMisdeed[] misdeeds)
    {
        ConcurrentQueue<HubMisdeed> queue = _misdeeds.GetOrAdd(file, _ => new());
        foreach (HubMisdeed misdeed in misdeeds) queue.Enqueue(misdeed);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task ListAsync(string rest, HttpContext http)
    {
        Calls.Enqueue(new HubCall(http.Request));
        if (Refuses(http, out int status, out string? code) || (Next("") is HubMisdeed.Status wrong && Says(http, wrong, out status, out code))) await EndAsync(http, status, code);
        else if (rest != Repository && !rest.StartsWith(Repository + "/revision/", StringComparison.Ordinal)) await EndAsync(http, 404, "RepoNotFound");
        else await http.Response.WriteAsync(Listing().ToJsonString());
    }

    private Task ResolveAsync(string file, HttpContext http)
    {
        Calls.Enqueue(new HubCall(http.Request));
        if (Refuses(http, out int status, out string? code)) return EndAsync(http, status, code);
        if (!_paths.ContainsKey(file)) return EndAsync(http, 404, "EntryNotFound");
        if (!IsLarge(file)) return SendAsync(file, http, head: false);
        http.Response.Redirect($"/cdn/{file}");
        return Task.CompletedTask;
    }

    private async Task SendAsync(string file, HttpContext http, bool head)
    {
        if (http.Request.Path.StartsWithSegments("/cdn", StringComparison.Ordinal)) Calls.Enqueue(new HubCall(http.Request));
        HubMisdeed? misdeed = Next(file);
        if (misdeed is HubMisdeed.Status wrong && Says(http, wrong, out int status, out string? code))
        {
            await EndAsync(http, status, code);
            return;
        }

        await using FileStream bytes = File.OpenRead(_paths[file]);
        string tag = $"\"{(IsLarge(file) ? Sha256(file) : GitBlob(file))}\"";
        long from = misdeed is HubMisdeed.WholeInstead ? 0 : From(http, tag, bytes.Length);
        http.Response.Headers.ETag = tag;
        http.Response.StatusCode = from > 0 ? 206 : 200;
        if (from > 0) http.Response.Headers.ContentRange = $"bytes {from}-{bytes.Length - 1}/{bytes.Length}";
        if (misdeed is not HubMisdeed.Endless) http.Response.ContentLength = bytes.Length - from;
        bytes.Position = from;
        if (!head) await PourAsync(bytes, misdeed, http);
    }

    private static async Task PourAsync(FileStream bytes, HubMisdeed? misdeed, HttpContext http)
    {
        long most = misdeed switch { HubMisdeed.Cut cut => cut.After, HubMisdeed.Silence silence => silence.After, _ => long.MaxValue };
        byte[] buffer = new byte[64 * 1024];
        for (long sent = 0; sent < most;)
        {
            int read = await bytes.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, most - sent)));
            if (read == 0 && misdeed is not HubMisdeed.Endless) return;
            if (misdeed is HubMisdeed.Damage) buffer[0] ^= 0xFF;
            await http.Response.Body.WriteAsync(buffer.AsMemory(0, read == 0 ? buffer.Length : read), http.RequestAborted);
            sent += read;
        }

        await http.Response.Body.FlushAsync();
        (misdeed switch { HubMisdeed.Cut cut => cut.Sent, HubMisdeed.Silence silence => silence.Sent, _ => null })?.Invoke();
        if (misdeed is HubMisdeed.Silence) await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        http.Abort();
    }

    private static long From(HttpContext http, string tag, long length)
    {
        string? range = http.Request.Headers.Range, condition = http.Request.Headers.IfRange;
        bool holds = string.IsNullOrEmpty(condition) || condition == tag;
        return holds && range?.StartsWith("bytes=", StringComparison.Ordinal) == true ? Math.Min(length, long.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture)) : 0;
    }

    private JsonObject Listing() => new()
    {
        ["id"] = Repository,
        ["sha"] = Commit,
        ["gated"] = Token is null ? false : "manual",
        ["tags"] = new JsonArray($"license:{Licence}"),
        ["siblings"] = new JsonArray([.. _paths.Keys.Order(StringComparer.Ordinal).Select(Sibling)]),
    };

    private JsonNode Sibling(string file)
    {
        JsonObject sibling = new() { ["rfilename"] = file };
        if (!ListsSizes) return sibling;
        sibling["size"] = new FileInfo(_paths[file]).Length;
        sibling["blobId"] = GitBlob(file);
        if (IsLarge(file)) sibling["lfs"] = new JsonObject { ["sha256"] = Sha256(file), ["size"] = new FileInfo(_paths[file]).Length, ["pointerSize"] = 134 };
        return sibling;
    }

    private bool Refuses(HttpContext http, out int status, out string? code)
    {
        string given = http.Request.Headers.Authorization.ToString();
        (status, code) = given.Length == 0 ? (401, "GatedRepo") : (401, null);
        return Token is not null && given != $"Bearer {Token}";
    }

    private static bool Says(HttpContext http, HubMisdeed.Status wrong, out int status, out string? code)
    {
        (status, code) = (wrong.Code, wrong.ErrorCode);
        if (wrong.RetryAfter is string wait) http.Response.Headers.RetryAfter = wait;
        return true;
    }

    private static Task EndAsync(HttpContext http, int status, string? code)
    {
        http.Response.StatusCode = status;
        if (code is not null) http.Response.Headers["X-Error-Code"] = code;
        return http.Response.WriteAsync("no");
    }

    private HubMisdeed? Next(string file) => _misdeeds.TryGetValue(file, out ConcurrentQueue<HubMisdeed>? queue) && queue.TryDequeue(out HubMisdeed? misdeed) ? misdeed : null;

    private static bool IsLarge(string file) => file.EndsWith(".safetensors", StringComparison.Ordinal) || file.EndsWith(".gguf", StringComparison.Ordinal) || file.EndsWith(".bin", StringComparison.Ordinal);

    private string Sha256(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_paths[file])));

    private string GitBlob(string file)
    {
        byte[] bytes = File.ReadAllBytes(_paths[file]);
#pragma warning disable CA5350 // Git's own name of a file
        return Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {bytes.Length}\0"), .. bytes]));
#pragma warning restore CA5350
    }
}

/// <summary>One request that a hub got.</summary>
public sealed record HubCall(string Path, string? Range, string? Authorization)
{
    public HubCall(HttpRequest request) : this(request.Path, request.Headers.Range, request.Headers.Authorization)
    {
    }
}
