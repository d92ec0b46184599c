using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Features.SignIn;

/// <summary>The site and chain a wallet signs in to: from the request's host, which AllowedHosts has checked, and from configuration.</summary>
/// <param name="Domain">Host and port.</param>
/// <param name="Origin">Scheme, host and port.</param>
/// <param name="ChainId">The chain of this Studio.</param>
public sealed record SignInSite(string Domain, string Origin, ChainId ChainId)
{
    public static SignInSite Of(HttpRequest request, ChainId chain) => new(request.Host.Value ?? "", $"{request.Scheme}://{request.Host.Value}", chain);
}
