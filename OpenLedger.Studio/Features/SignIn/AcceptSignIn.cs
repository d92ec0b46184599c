using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.SignIn;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Chain;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Features.SignIn;

/// <summary>Decides whether a signed message signs its wallet in. The nonce is spent before the signature is looked at, so that of a hundred replays one gets on.</summary>
public sealed class AcceptSignIn(LedgerWriter writer, WelcomePerson welcome, FundWallet fund, TimeProvider clock)
{
    public async Task<SignInResult> AcceptAsync(string? text, string? signature, SignInSite site, string holder, CancellationToken cancel)
    {
        SignInReading reading = SignInParser.Read(text);
        if (!reading.IsRead) return SignInResult.Refused($"The message cannot be read: {reading.Refusal}. Start again from this page.");
        SignInMessage message = reading.Message;
        if (!await SpendAsync(message.Nonce, site, holder, cancel)) return SignInResult.Refused("This sign-in was used already or waited longer than five minutes. Start again.");
        var expected = new SignInExpectation(site.Domain, site.Origin, site.ChainId, message.Nonce, clock.GetUtcNow());
        SignInVerdict verdict = SignInVerifier.Check(message, text!, signature, expected);
        if (verdict != SignInVerdict.Accepted) return SignInResult.Refused(Why(verdict));
        await fund.OnceAsync(message.Address, cancel);   // play money, on a development chain alone
        return SignInResult.Welcome(message.Address, welcome.Welcome(message.Address));
    }

    private Task<bool> SpendAsync(string nonce, SignInSite site, string holder, CancellationToken cancel)
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        string held = IssueNonce.HashOf(holder);
        return writer.WriteAsync(ledger => ledger.Nonces
            .Where(row => row.Nonce == nonce && row.Used == null && row.Expires > now && row.Holder == held && row.Domain == site.Domain && row.ChainId == site.ChainId.Value)
            .ExecuteUpdate(row => row.SetProperty(n => n.Used, now)) == 1, cancel);
    }

    private static string Why(SignInVerdict verdict) => verdict switch
    {
        SignInVerdict.Accepted => "",
        SignInVerdict.OtherDomain => "The message names another site. Nothing was signed in; sign only what names this one.",
        SignInVerdict.OtherSite => "The message leads to another site. Nothing was signed in; sign only what names this one.",
        SignInVerdict.OtherChain => "The message names another chain. Choose this Studio's chain in the wallet and start again.",
        SignInVerdict.OtherNonce => "The message carries another nonce than it was given. Start again.",
        SignInVerdict.NotYetValid => "The message is from the future: this device's clock is ahead. Set the clock and start again.",
        SignInVerdict.Expired => "The message is too old. Start again.",
        SignInVerdict.NotSignedByItsAddress => "The signature is not that of the address in the message. Contract wallets cannot sign in yet; use an ordinary one.",
    };
}
