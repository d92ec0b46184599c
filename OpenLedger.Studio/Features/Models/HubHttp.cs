namespace OpenLedger.Studio.Features.Models;

/// <summary>The one connection that leaves this machine: to the hub, when a person asks for a model. A redirect drops the token and never leads from TLS to none. Knows no hub.</summary>
public sealed class HubHttp : IDisposable
{
    /// <summary>Without a time-out: a download takes as long as it takes, and slowness is seen elsewhere.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler
    {
        UseCookies = false,
        MaxAutomaticRedirections = 5,
        ConnectTimeout = TimeSpan.FromSeconds(20),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => Client.Dispose();
}
