using OpenLedger.Engine.Hub;
using OpenLedger.Studio.Jobs;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Wires bringing base models in: from the hub, from a browser, from this machine.</summary>
public static class ModelsFeature
{
    /// <summary>Configuration: another hub's address.</summary>
    public const string AddressKey = "Studio:Hub:Address";

    public static WebApplicationBuilder AddModels(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        HubOptions options = builder.Configuration[AddressKey] is string address ? new() { Address = new Uri(address.TrimEnd('/') + "/") } : new();
        services.AddSingleton(options);
        services.AddSingleton<HubHttp>();
        services.AddSingleton(provider => new HubClient(provider.GetRequiredService<HubHttp>().Client, options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ModelArrivals>();
        services.AddSingleton<HubTokens>();
        services.AddSingleton<PlanImport>();
        services.AddSingleton<StartImport>();
        services.AddSingleton<ReadImports>();
        services.AddSingleton<EndImport>();
        services.AddSingleton<GatherFiles>();
        services.AddSingleton<KeepModel>();
        services.AddSingleton<RecallModels>();
        services.AddSingleton<RemoveModel>();
        services.AddSingleton<SuitModels>();
        services.AddSingleton<StartTrial>();
        services.AddSingleton<ModelUploads>();
        services.AddTransient<IJobBody, ImportModelJob>();
        services.AddTransient<IJobBody, TrialJob>();
        services.AddHostedService<TidyArrivals>();
        return builder;
    }

    public static WebApplication MapModels(this WebApplication app)
    {
        app.MapModelUploads();
        return app;
    }
}
