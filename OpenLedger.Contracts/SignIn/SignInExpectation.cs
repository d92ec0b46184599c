using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.SignIn;

/// <summary>What this server expects in a sign-in message: its own domain, site and chain, and a fresh message. From configuration and the nonce given out, never from the message.</summary>
/// <param name="Domain">Host and port as the browser shows them.</param>
/// <param name="Origin">Scheme, host and port: what the message's URI must stand under.</param>
/// <param name="ChainId">The chain of this Studio.</param>
/// <param name="Nonce">The nonce this server gave out and has just taken back.</param>
/// <param name="Now">The server's own time.</param>
public sealed record SignInExpectation(string Domain, string Origin, ChainId ChainId, string Nonce, DateTimeOffset Now)
{
    /// <summary>How old a message may be; a message without an expiry would otherwise be good for ever.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How far the visitor's clock may be ahead.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(2);
}
