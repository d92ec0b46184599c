using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenLedger.Studio.Features.Adapters.Combining;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;

namespace OpenLedger.Studio.Features.Adapters;

/// <summary>Wires the third stage: base models and published adapters.</summary>
public static class AdaptersFeature
{
    public static WebApplicationBuilder AddAdapters(this WebApplicationBuilder builder)
    {
        string starter = Path.Combine(builder.Environment.ContentRootPath, builder.Configuration["Studio:Starter"] ?? "Starter");
        builder.Services.AddSingleton(new StarterFiles(starter));
        builder.Services.AddHostedService<SeedStarterModels>();
        builder.Services.TryAddSingleton<RowHistory>();
        builder.Services.AddSingleton<ReadModels>();
        builder.Services.AddSingleton<PublishAdapter>();
        builder.Services.AddSingleton<SetTerms>();
        builder.Services.AddSingleton<CombineAdapters>();
        builder.Services.AddSingleton<ReadCombining>();
        builder.Services.AddSingleton<KeepCombined>();
        builder.Services.AddTransient<IJobBody, CombineJob>();
        return builder;
    }

    public static WebApplication MapAdapters(this WebApplication app)
    {
        app.MapGet("/models/{id}/files/{name}", AdapterFilesEndpoint.Send).AllowAnonymous(); // the use case decides who may see it
        return app;
    }
}
