using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OpenLedger.Studio.Security;

/// <summary>How much one request may bring and how slowly; an endpoint that takes more says so itself.</summary>
public static class RequestLimits
{
    /// <summary>Largest body without an endpoint's own word, in bytes.</summary>
    public const long MaxBodyBytes = 1 << 20;

    /// <summary>Largest upload of a data file, in bytes (100 MB).</summary>
    public const long MaxUploadBytes = 100_000_000;

    /// <summary>Largest file of a model, in bytes (50 GB).</summary>
    public const long MaxModelFileBytes = 50_000_000_000;

    /// <summary>Longest request line and all headers together, in bytes.</summary>
    public const int MaxHeaderBytes = 32 * 1024;

    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
    }
}
