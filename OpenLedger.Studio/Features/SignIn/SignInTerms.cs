namespace OpenLedger.Studio.Features.SignIn;

/// <summary>What the browser writes into the message it signs.</summary>
/// <param name="Nonce">Good once, until <paramref name="Expires"/>.</param>
/// <param name="Domain">Host and port of this site.</param>
/// <param name="Uri">The page that signs in.</param>
/// <param name="ChainId">The chain of this Studio.</param>
/// <param name="Statement">The line a person reads in the wallet.</param>
/// <param name="IssuedAt">Unix milliseconds, UTC, by the server's clock.</param>
/// <param name="Expires">Unix milliseconds, UTC.</param>
public sealed record SignInTerms(string Nonce, string Domain, string Uri, long ChainId, string Statement, long IssuedAt, long Expires);
