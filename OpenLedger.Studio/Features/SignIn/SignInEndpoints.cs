using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.SignIn;

/// <summary>The requests of the wallet script. Signing in is a request and not a circuit's call, because only a response can set a cookie.</summary>
public static class SignInEndpoints
{
    private const string HolderCookie = "studio-asking";

    public static void Map(WebApplication app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/sign-in").RequireRateLimiting(RequestRates.SignIn).AllowAnonymous();
        group.MapPost("/nonce", NonceAsync);
        group.MapPost("/verify", VerifyAsync);
        group.MapPost("/out", (Delegate)OutAsync);
    }

    private static async Task<IResult> NonceAsync(HttpContext http, IssueNonce nonces, SignInOptions options, CancellationToken cancel)
    {
        string holder = Holder(http) ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        SignInTerms? terms = await nonces.IssueAsync(SignInSite.Of(http.Request, options.ChainId), holder, cancel);
        if (terms is null) return Results.Problem("Too many sign-ins are waiting. Try again in a few minutes.", statusCode: StatusCodes.Status429TooManyRequests);
        http.Response.Cookies.Append(HolderCookie, holder, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, MaxAge = IssueNonce.Lifetime, Path = "/api/sign-in" });
        return Results.Ok(terms);
    }

    private static async Task<IResult> VerifyAsync(SignedMessage signed, HttpContext http, AcceptSignIn accept, SignInOptions options, CancellationToken cancel)
    {
        if (Holder(http) is not { } holder) return Results.Problem("This browser did not start the sign-in. Start again from this page.", statusCode: StatusCodes.Status400BadRequest);
        SignInResult result = await accept.AcceptAsync(signed.Message, signed.Signature, SignInSite.Of(http.Request, options.ChainId), holder, cancel);
        if (result.Address is not { } address) return Results.Problem(result.Refusal, statusCode: StatusCodes.Status400BadRequest);
        await http.SignInAsync(Session.For(address, result.IsAdmin, signed.Practice && options.IsDevelopmentChain), new AuthenticationProperties { IsPersistent = true });
        return Results.Ok(new { address = address.Checksum, admin = result.IsAdmin });
    }

    private static async Task<IResult> OutAsync(HttpContext http)
    {
        await http.SignOutAsync();
        return Results.NoContent();
    }

    private static string? Holder(HttpContext http) => http.Request.Cookies[HolderCookie] is { Length: 32 } holder ? holder : null;

    /// <summary>What the browser sends: the exact text and its signature.</summary>
    private sealed record SignedMessage(string? Message, string? Signature, bool Practice);
}
