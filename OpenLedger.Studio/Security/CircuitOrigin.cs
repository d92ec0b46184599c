namespace OpenLedger.Studio.Security;

/// <summary>Refuses a circuit or an unsafe request that another site's page opens: the browser says whose page it is (OWASP ASVS 4.4.2).</summary>
public sealed class CircuitOrigin(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!Guarded(context.Request) || SameOrigin(context.Request)) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    // The chain's gateway is left out: wallets call it from pages of their own, and it looks at no cookie.
    private static bool Guarded(HttpRequest request) => !request.Path.Equals("/rpc", StringComparison.Ordinal) && IsUnsafe(request);

    private static bool IsUnsafe(HttpRequest request) =>
        request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal) || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));

    // No Origin means no browser page: a program calling the API carries no cookie it did not put there itself.
    private static bool SameOrigin(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
