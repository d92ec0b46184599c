using OpenLedger.Studio.Jobs;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>Wires the fourth stage: models in memory, passages, generation and prices.</summary>
public static class ServingFeature
{
    public static WebApplicationBuilder AddServing(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton(ServingMemory.OfMachine);
        services.AddSingleton<ServedModels>();
        services.AddSingleton<Embedder>();
        services.AddSingleton<PassageIndexes>();
        services.AddSingleton<PriceOfCall>();
        services.AddSingleton<PrepareAnswer>();
        services.AddSingleton<WriteAnswer>();
        services.AddTransient<IJobBody, BuildPassageIndex>();
        services.AddHostedService<KeepIndexesReady>();
        return builder;
    }

    public static WebApplication MapServing(this WebApplication app) => app;
}
