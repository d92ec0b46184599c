namespace OpenLedger.Studio.Security;

/// <summary>Wires authentication, authorisation and response headers.</summary>
public static class SecuritySetup
{
    public static WebApplicationBuilder AddSecurity(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapSecurity(this WebApplication app) => app;
}
