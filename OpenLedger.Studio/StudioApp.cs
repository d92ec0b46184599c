using OpenLedger.Studio.Chain;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Admin;
using OpenLedger.Studio.Features.Attribution;
using OpenLedger.Studio.Features.Chat;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Features.Evaluation;
using OpenLedger.Studio.Features.Export;
using OpenLedger.Studio.Features.Home;
using OpenLedger.Studio.Features.Models;
using OpenLedger.Studio.Features.Serving;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Features.SignIn;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Layout;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage;

namespace OpenLedger.Studio;

/// <summary>The whole Studio, wired and not yet started: stages in their order, then what shows them. Knows no command line of its own.</summary>
public static class StudioApp
{
    /// <param name="args">Configuration as <c>--Studio:Name=value</c>.</param>
    /// <param name="change">Changes the wiring before it is closed; a test's way in.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        // Its static files are listed under its own name, whoever hosts it.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(StudioApp).Assembly.GetName().Name });
        builder
            .AddStorage().AddJobs().AddSecurity().AddChain().AddLayout()
            .AddSignIn()
            .AddDatanets().AddTraining().AddEvaluation().AddAdapters().AddExport().AddModels().AddServing().AddAttribution().AddSettlement()
            .AddChat().AddHome().AddAdmin();
        change?.Invoke(builder);

        WebApplication app = builder.Build();
        app
            .MapSecurity().MapStorage().MapJobs().MapChain()
            .MapSignIn()
            .MapDatanets().MapTraining().MapAdapters().MapExport().MapModels().MapServing().MapAttribution().MapSettlement()
            .MapChat().MapHome().MapAdmin()
            .MapLayout();
        return app;
    }
}
