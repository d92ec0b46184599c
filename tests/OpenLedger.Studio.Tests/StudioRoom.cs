using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Storage;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests;

/// <summary>A Studio of some of its features over real storage in a folder of its own, without pages. Knows no feature.</summary>
public abstract class StudioRoom : IAsyncDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder;
    private readonly Action<WebApplicationBuilder> _features;
    private readonly string[] _settings;
    private WebApplication _app;

    private protected StudioRoom(TemporaryFolder folder, string starter, Action<WebApplicationBuilder> features, params string[] settings)
    {
        (_folder, _features) = (folder, features);
        _settings = ["--Studio:Data", folder.File("data"), "--Studio:Starter", starter, "--Urls", "http://127.0.0.1:0", .. settings];
        _app = Build();
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public IServiceProvider Services => _app.Services;

    /// <summary>What the Studio ships.</summary>
    private protected static string Shipped => Path.Combine(Repository.Root, "OpenLedger.Studio", "Starter");

    public object Get(Type type) => Services.GetRequiredService(type);

    public virtual T Get<T>() where T : class => Services.GetRequiredService<T>();

    public async Task<JobRow> JobAsync(string id) => (await Get<ReadJobs>().OneAsync(id, new JobCaller("", IsAdmin: true), Cancel))!;

    /// <summary>Waits until the job is over.</summary>
    public Task<JobRow> UntilOverAsync(string id) => UntilAsync(id, row => row.IsOver);

    /// <summary>Waits until the job's row is as wanted; it is looked at every second too, and after five minutes the test fails with what it says.</summary>
    public async Task<JobRow> UntilAsync(string id, Func<JobRow, bool> wanted)
    {
        using SemaphoreSlim moved = new(0);
        using IDisposable watch = Get<JobFeed>().Watch(id, _ => moved.Release());
        long began = Stopwatch.GetTimestamp();
        JobRow row = await JobAsync(id);
        while (!wanted(row))
        {
            if (Stopwatch.GetElapsedTime(began) > _longest) Assert.Fail($"job {id} ({row.Kind}) was not as wanted within {_longest}: it is {row.State}, \"{row.ProgressText}\", {row.Error ?? "no error"}");
            await moved.WaitAsync(TimeSpan.FromSeconds(1), Cancel);
            row = await JobAsync(id);
        }
        return row;
    }

    /// <summary>Ends the Studio and starts another one on the same folder, as a person would the next day.</summary>
    public async Task RestartAsync()
    {
        await EndAsync();
        _app = Build();
        await BeginAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await EndAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task BeginAsync() => _app.StartAsync(Cancel);

    private protected async Task EndAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    private WebApplication Build()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(_settings);
        builder.Logging.ClearProviders();
        _features(builder.AddStorage());
        WebApplication app = builder.Build();
        app.MapStorage();
        return app;
    }
}
