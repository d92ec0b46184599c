using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.SignIn;

/// <summary>Gives a browser a nonce to sign: 128 random bits, good once and for five minutes. Keeps so many and no more.</summary>
public sealed class IssueNonce(LedgerWriter writer, TimeProvider clock)
{
    /// <summary>How long a person has to press the button in the wallet.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Most nonces that may wait at once; the table stays this small however many are asked for.</summary>
    public const int MostWaiting = 10_000;

    /// <param name="holder">The browser's own secret: another browser cannot use what this one was given.</param>
    /// <returns>Null when too many are waiting already.</returns>
    public async Task<SignInTerms?> IssueAsync(SignInSite site, string holder, CancellationToken cancel)
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        long expires = now + (long)Lifetime.TotalMilliseconds;
        string nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        bool kept = await writer.WriteAsync(ledger =>
        {
            ledger.Nonces.Where(old => old.Expires <= now || old.Used != null).ExecuteDelete();
            if (ledger.Nonces.Count() >= MostWaiting) return false;
            ledger.Nonces.Add(new NonceRow { Nonce = nonce, Holder = HashOf(holder), Domain = site.Domain, ChainId = site.ChainId.Value, Created = now, Expires = expires });
            return true;
        }, cancel);
        return kept ? new SignInTerms(nonce, site.Domain, site.Origin + "/sign-in", site.ChainId.Value, "Sign in to OpenLedger Studio. This costs nothing and moves nothing.", now, expires) : null;
    }

    internal static string HashOf(string holder) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(holder)));
}
