namespace OpenLedger.Studio.Features.Home;

/// <summary>Wires the first page and the search.</summary>
public static class HomeFeature
{
    public static WebApplicationBuilder AddHome(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReadEarnings>();
        builder.Services.AddSingleton<ReadHome>();
        builder.Services.AddSingleton<FindAnything>();
        return builder;
    }

    public static WebApplication MapHome(this WebApplication app) => app;
}
