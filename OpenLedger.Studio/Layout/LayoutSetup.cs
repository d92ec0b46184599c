namespace OpenLedger.Studio.Layout;

/// <summary>Wires the shell every page stands in.</summary>
public static class LayoutSetup
{
    public static WebApplicationBuilder AddLayout(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapLayout(this WebApplication app) => app;
}
