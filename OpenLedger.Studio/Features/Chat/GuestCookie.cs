using System.Security.Claims;
using System.Security.Cryptography;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>Gives a visitor a random name, so that their chats are theirs alone. It proves no person and follows nobody elsewhere.</summary>
public static class GuestCookie
{
    /// <summary>The claim that carries the name into the circuit. Its identity is not authenticated: it opens no door.</summary>
    public const string Claim = "guest";

    private const string Name = "guest";
    private const int Bytes = 16;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    public static Task Apply(HttpContext context, RequestDelegate next)
    {
        if (context.User.Identity?.IsAuthenticated != true && (Known(context.Request) ?? Issued(context)) is string guest)
            context.User.AddIdentity(new ClaimsIdentity([new Claim(Claim, guest)]));
        return next(context);
    }

    private static string? Known(HttpRequest request) =>
        request.Cookies[Name] is { Length: Bytes * 2 } guest && guest.All(char.IsAsciiHexDigitLower) ? guest : null;

    private static string? Issued(HttpContext context)
    {
        bool page = HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (!page) return null;
        string guest = RandomNumberGenerator.GetHexString(Bytes * 2, lowercase: true);
        context.Response.Cookies.Append(Name, guest, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = Lifetime, IsEssential = true });
        return guest;
    }
}
