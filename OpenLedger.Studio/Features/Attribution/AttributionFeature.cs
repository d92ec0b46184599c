namespace OpenLedger.Studio.Features.Attribution;

/// <summary>Wires the fifth stage: shares of an answer and their trace.</summary>
public static class AttributionFeature
{
    public static WebApplicationBuilder AddAttribution(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReadTrace>();
        builder.Services.AddSingleton<FindTraces>();
        builder.Services.AddSingleton<NameModels>();
        builder.Services.AddSingleton<CheckTrace>();
        builder.Services.AddSingleton<CheckSettlement>();
        return builder;
    }

    public static WebApplication MapAttribution(this WebApplication app)
    {
        app.MapGet("/trace/{id}/proof.json", ProofEndpoint.SendAsync).AllowAnonymous(); // where coins went is everybody's to check
        return app;
    }
}
