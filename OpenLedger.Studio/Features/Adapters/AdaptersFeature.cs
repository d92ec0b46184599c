namespace OpenLedger.Studio.Features.Adapters;

/// <summary>Wires the third stage: base models and published adapters.</summary>
public static class AdaptersFeature
{
    public static WebApplicationBuilder AddAdapters(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapAdapters(this WebApplication app) => app;
}
