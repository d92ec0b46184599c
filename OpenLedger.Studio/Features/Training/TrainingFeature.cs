namespace OpenLedger.Studio.Features.Training;

/// <summary>Wires the second stage: runs that tune an adapter.</summary>
public static class TrainingFeature
{
    public static WebApplicationBuilder AddTraining(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapTraining(this WebApplication app) => app;
}
