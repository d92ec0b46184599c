using MudBlazor.Services;

namespace OpenLedger.Studio.Layout;

/// <summary>Wires the shell every page stands in.</summary>
public static class LayoutSetup
{
    public static WebApplicationBuilder AddLayout(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();
        builder.Services.AddCascadingAuthenticationState();
        // A dying server clings to its circuits for as long as it may; five seconds are enough to say goodbye.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        return builder;
    }

    public static WebApplication MapLayout(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            ThemeCookie.Ask(context.Response);
            return next(context);
        });
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().OpenFrameworkEndpoints();
        app.MapFallback("{**path}", () => Results.NotFound()).AllowAnonymous();
        return app;
    }

    // The circuit's own endpoints carry no page and no data of their own: the page inside decides who sees it.
    private static void OpenFrameworkEndpoints(this RazorComponentsEndpointConventionBuilder pages) => pages.Add(endpoint =>
    {
        bool isPage = endpoint.Metadata.OfType<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>().Any();
        if (!isPage) endpoint.Metadata.Add(new Microsoft.AspNetCore.Authorization.AllowAnonymousAttribute());
    });
}
