using OpenLedger.Studio.Jobs;

namespace OpenLedger.Studio.Features.Export;

/// <summary>Wires taking tuned models away in forms that others read.</summary>
public static class ExportFeature
{
    public static WebApplicationBuilder AddExport(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton<WriteExportCard>();
        services.AddSingleton<StartExport>();
        services.AddSingleton<ReadExports>();
        services.AddSingleton<RemoveExport>();
        services.AddTransient<IJobBody, ExportJob>();
        return builder;
    }

    public static WebApplication MapExport(this WebApplication app)
    {
        app.MapGet("/exports/{id}/files/{name}", ExportFilesEndpoint.SendAsync).RequireAuthorization();
        return app;
    }
}
