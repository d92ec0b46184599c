using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Storage;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Jobs;

/// <summary>A Studio of storage and jobs alone, with the test's bodies, over a folder that outlives it.</summary>
internal sealed class JobsHost : IAsyncDisposable
{
    public static readonly JobCaller Ann = new("0xa", IsAdmin: false);
    public static readonly JobCaller Bob = new("0xb", IsAdmin: false);
    public static readonly JobCaller Admin = new("0xc", IsAdmin: true);

    private readonly WebApplication _app;

    private JobsHost(WebApplication app) => _app = app;

    public EnqueueJob Enqueue => _app.Services.GetRequiredService<EnqueueJob>();

    public ControlJob Control => _app.Services.GetRequiredService<ControlJob>();

    public ReadJobs Read => _app.Services.GetRequiredService<ReadJobs>();

    public JobFeed Feed => _app.Services.GetRequiredService<JobFeed>();

    public static async Task<JobsHost> StartAsync(string folder, params IJobBody[] bodies)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(["--Studio:Data", folder, "--Urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.AddStorage().AddJobs();
        foreach (IJobBody body in bodies) builder.Services.AddSingleton(body);
        WebApplication app = builder.Build();
        app.MapStorage();
        await app.StartAsync();
        return new JobsHost(app);
    }

    /// <summary>Waits until the job's row says so.</summary>
    public async Task<JobRow> UntilAsync(string id, JobState state)
    {
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable watch = Feed.Watch(id, progress =>
        {
            if (progress.State == state) told.TrySetResult();
        });
        JobRow? now = await Read.OneAsync(id, Admin, default);
        if (now!.State != state) await told.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return (await Read.OneAsync(id, Admin, default))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }
}
