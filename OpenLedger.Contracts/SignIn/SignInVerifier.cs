using OpenLedger.Contracts.Signing;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.SignIn;

/// <summary>Compares a sign-in message with what the server expects and its signature with its address. Knows no nonce store and no session.</summary>
/// <remarks>Wallets that are contracts (EIP-1271) are not supported: their answer can change after the sign-in.</remarks>
public static class SignInVerifier
{
    public static SignInVerdict Check(SignInMessage message, string text, string? signature, SignInExpectation expected)
    {
        if (!string.Equals(message.Domain, expected.Domain, StringComparison.OrdinalIgnoreCase)) return SignInVerdict.OtherDomain;
        if (!StandsUnder(message.Uri, expected.Origin)) return SignInVerdict.OtherSite;
        if (message.ChainId != expected.ChainId) return SignInVerdict.OtherChain;
        if (!string.Equals(message.Nonce, expected.Nonce, StringComparison.Ordinal)) return SignInVerdict.OtherNonce;
        if (message.IssuedAt > expected.Now + expected.ClockSkew || message.NotBefore > expected.Now + expected.ClockSkew) return SignInVerdict.NotYetValid;
        if (message.IssuedAt + expected.MaxAge < expected.Now || message.ExpirationTime <= expected.Now) return SignInVerdict.Expired;
        return StrictSignature.Recover(text, signature) is Address signer && signer == message.Address ? SignInVerdict.Accepted : SignInVerdict.NotSignedByItsAddress;
    }

    private static bool StandsUnder(string uri, string origin) =>
        Uri.TryCreate(uri, UriKind.Absolute, out Uri? named) && Uri.TryCreate(origin, UriKind.Absolute, out Uri? own) &&
        named.UserInfo.Length == 0 && Uri.Compare(named, own, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
