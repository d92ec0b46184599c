using Hangfire;
using Hangfire.Dashboard;
using NetEscapades.AspNetCore.SecurityHeaders;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Admin;

/// <summary>Wires the admin's page: approvals, people, jobs, chain and storage.</summary>
public static class AdminFeature
{
    public static WebApplicationBuilder AddAdmin(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton<ReadApprovals>();
        services.AddSingleton<ReadPeople>();
        services.AddSingleton<ChangeRole>();
        services.AddSingleton<ReadState>();
        services.AddSingleton<ChangeGovernance>();
        return builder;
    }

    public static WebApplication MapAdmin(this WebApplication app)
    {
        app.MapHangfireDashboard("/admin/jobs", new DashboardOptions
        {
            Authorization = [new AdminsOnly()],
            IsReadOnlyFunc = _ => true, // a job is steered by its row, on its own page
            AppPath = "/admin",
            DashboardTitle = "Jobs",
            DisplayStorageConnectionString = false,
        }).RequireAuthorization(Policies.Admin).WithSecurityHeadersPolicy(HeaderPolicies.InlineStyles);
        return app;
    }

    // The endpoint's policy has asked already; the dashboard's own default, "local requests only", would let every local visitor in.
    private sealed class AdminsOnly : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context) => Person.From(context.GetHttpContext().User).IsAdmin;
    }
}
