namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Wires the first stage: pooled rows, reviewed, versioned and owned.</summary>
public static class DatanetsFeature
{
    public static WebApplicationBuilder AddDatanets(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapDatanets(this WebApplication app) => app;
}
