namespace OpenLedger.Studio.Features.Admin;

/// <summary>Wires approvals, roles, jobs and the state of chain and storage.</summary>
public static class AdminFeature
{
    public static WebApplicationBuilder AddAdmin(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapAdmin(this WebApplication app) => app;
}
