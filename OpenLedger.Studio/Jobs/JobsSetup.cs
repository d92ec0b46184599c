namespace OpenLedger.Studio.Jobs;

/// <summary>Wires long work: job rows, their executor and its dashboard.</summary>
public static class JobsSetup
{
    public static WebApplicationBuilder AddJobs(this WebApplicationBuilder builder) => builder;

    public static WebApplication MapJobs(this WebApplication app) => app;
}
