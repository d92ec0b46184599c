using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.HttpOverrides;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Security;

/// <summary>Wires authentication, authorisation and response headers: whatever says nothing is open to nobody.</summary>
public static class SecuritySetup
{
    public static WebApplicationBuilder AddSecurity(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(SessionCookie.Configure);
        services.AddSingleton<SessionStore>();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme).Configure<SessionStore>((cookie, sessions) => cookie.SessionStore = sessions);
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Policies.Admin, policy => policy.RequireRole(Roles.Admin));
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.SameSite = SameSiteMode.Strict);
        services.AddDataProtection().SetApplicationName("OpenLedger.Studio");
        // On disk, or every restart would sign everybody out and refuse every resumed page.
        services.AddOptions<KeyManagementOptions>().Configure<StudioFolders, ILoggerFactory>((keys, folders, loggers) =>
            keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(folders.Keys), loggers));
        services.AddRateLimiter(RequestRates.Apply);
        services.AddSecurityHeaderPolicies().SetDefaultPolicy(HeaderPolicies.Strict()).AddPolicy(HeaderPolicies.InlineStyles, HeaderPolicies.WithInlineStyles());
        services.AddScoped<CurrentPerson>();
        services.AddScoped<WalletScript>();
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
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        return app;
    }
}
