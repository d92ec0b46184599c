namespace OpenLedger.Studio.Features.Home;

/// <summary>Wires the first page.</summary>
public static class HomeFeature
{
    public static WebApplicationBuilder AddHome(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapHome(this WebApplication app) => app;
}
