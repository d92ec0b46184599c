namespace OpenLedger.Studio.Features.Attribution;

/// <summary>Wires the fifth stage: shares of an answer and their trace.</summary>
public static class AttributionFeature
{
    public static WebApplicationBuilder AddAttribution(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapAttribution(this WebApplication app) => app;
}
