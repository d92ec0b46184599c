using OpenLedger.Studio.Chain;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Admin;
using OpenLedger.Studio.Features.Attribution;
using OpenLedger.Studio.Features.Chat;
using OpenLedger.Studio.Features.Datanets;
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

if (StarterAdapter.TryRun(args)) return;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder
    .AddStorage().AddJobs().AddSecurity().AddChain().AddLayout()
    .AddSignIn()
    .AddDatanets().AddTraining().AddAdapters().AddModels().AddServing().AddAttribution().AddSettlement()
    .AddChat().AddHome().AddAdmin();

WebApplication app = builder.Build();
app
    .MapSecurity().MapStorage().MapJobs().MapChain()
    .MapSignIn()
    .MapDatanets().MapTraining().MapAdapters().MapModels().MapServing().MapAttribution().MapSettlement()
    .MapChat().MapHome().MapAdmin()
    .MapLayout();
await app.RunAsync();
