using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;

namespace OpenLedger.Studio.Security;

/// <summary>Wires authentication, authorisation and response headers: whatever says nothing is open to nobody.</summary>
public static class SecuritySetup
{
    public static WebApplicationBuilder AddSecurity(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(SessionCookie.Configure);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Policies.Admin, policy => policy.RequireRole(Roles.Admin));
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.SameSite = SameSiteMode.Strict);
        services.AddDataProtection().SetApplicationName("OpenLedger.Studio").PersistKeysToFileSystem(KeyFolder(builder));
        services.AddSecurityHeaderPolicies().SetDefaultPolicy(HeaderPolicies.Strict()).AddPolicy(HeaderPolicies.InlineStyles, HeaderPolicies.WithInlineStyles());
        services.AddScoped<CurrentPerson>();
        services.AddHttpContextAccessor();
        builder.WebHost.ConfigureKestrel(RequestLimits.Apply);
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded => forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        return builder;
    }

    public static WebApplication MapSecurity(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseSecurityHeaders();
        app.UseMiddleware<CircuitOrigin>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        return app;
    }

    // On disk, or every restart would sign everybody out and refuse every resumed page.
    private static DirectoryInfo KeyFolder(WebApplicationBuilder builder) =>
        new(Path.Combine(builder.Environment.ContentRootPath, builder.Configuration["Studio:Data"] ?? "data", "keys"));
}
