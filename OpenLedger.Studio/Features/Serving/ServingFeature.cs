namespace OpenLedger.Studio.Features.Serving;

/// <summary>Wires the fourth stage: generation, receipts and prices.</summary>
public static class ServingFeature
{
    public static WebApplicationBuilder AddServing(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapServing(this WebApplication app) => app;
}
