namespace OpenLedger.Studio.Chain;

/// <summary>The connections to the node and the data availability proxy: no redirects, no cookies, no proxy from the environment.</summary>
public sealed class ChainHttp : IDisposable
{
    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

    public void Dispose() => Client.Dispose();
}
