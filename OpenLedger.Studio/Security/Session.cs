using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Security;

/// <summary>What a sign-in says of a wallet, as claims. Knows nothing of how long it lasts.</summary>
public static class Session
{
    /// <summary>The claim that names the session's row, so that a circuit can ask whether it still stands.</summary>
    public const string IdClaim = "sid";

    /// <summary>The claim of a practice wallet: its key was made in the browser.</summary>
    public const string PracticeClaim = "practice";

    public static ClaimsPrincipal For(Address address, bool admin, bool practice)
    {
        var identity = new ClaimsIdentity(CookieAuthenticationDefaults.AuthenticationScheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, address.Key));
        identity.AddClaim(new Claim(ClaimTypes.Name, address.ToShortText()));
        identity.AddClaim(new Claim(ClaimTypes.Role, admin ? Roles.Admin : Roles.Member));
        if (practice) identity.AddClaim(new Claim(PracticeClaim, "true"));
        return new ClaimsPrincipal(identity);
    }
}
