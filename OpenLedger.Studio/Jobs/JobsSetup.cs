using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.InMemory;

namespace OpenLedger.Studio.Jobs;

/// <summary>Wires long work: job rows and their executor. Its dashboard stands behind the admin's page.</summary>
public static class JobsSetup
{
    public static WebApplicationBuilder AddJobs(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton<JobStorage>(_ => new InMemoryStorage()); // of this host, not the process: two hosts in one process stay apart
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>())); // Hangfire's own default is the process's: another host would take the job, not find its row, and leave it queued
        services.AddHangfire((provider, hangfire) => hangfire.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings().UseLogProvider(new ExecutorLog(provider.GetRequiredService<ILoggerFactory>())));
        AddWorkers(services, JobQueues.Heavy, workers: 1);
        AddWorkers(services, JobQueues.Light, workers: 4);
        services.AddSingleton<JobFeed>();
        services.AddSingleton<RunningJobs>();
        services.AddSingleton<MachineTurns>();
        services.AddSingleton<JobBodies>();
        services.AddTransient<JobRunner>();
        services.AddSingleton<EnqueueJob>();
        services.AddSingleton<ControlJob>();
        services.AddSingleton<ReadJobs>();
        services.AddHostedService<JobRecovery>();
        return builder;
    }

    public static WebApplication MapJobs(this WebApplication app) => app;

    private static void AddWorkers(IServiceCollection services, string queue, int workers) => services.AddHangfireServer(options =>
    {
        options.ServerName = queue;
        options.Queues = [queue];
        options.WorkerCount = workers;
        options.SchedulePollingInterval = TimeSpan.FromSeconds(1);
        options.ShutdownTimeout = TimeSpan.FromSeconds(20); // a training step and its checkpoint
    });
}
