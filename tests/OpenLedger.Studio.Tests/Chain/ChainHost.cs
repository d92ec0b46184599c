using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenLedger.Contracts;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Studio.Chain;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Chain;

/// <summary>A Studio of storage, security and chain alone, with a real node, over a folder that outlives it.</summary>
internal sealed class ChainHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ChainHost(WebApplication app) => _app = app;

    public IChain Chain => Get<IChain>();

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The node behind the gateway.</summary>
    public SafeRpcClient Node => new(Get<ChainHttp>().Client, Get<StartChain>().Rpc!);

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<ChainHost> StartAsync(string folder, params string[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(["--Studio:Data", folder, "--Urls", "http://127.0.0.1:0", .. settings]);
        builder.Logging.ClearProviders();
        builder.AddStorage().AddSecurity().AddChain();
        WebApplication app = builder.Build();
        app.MapSecurity().MapStorage().MapChain();
        await app.StartAsync(TestContext.Current.CancellationToken);
        ChainHost host = new(app);
        await UntilAsync(() => Task.FromResult(host.Get<StudioChain>().IsUp), () => host.Get<StudioChain>().Missing);
        return host;
    }

    public Task WriteAsync(Action<LedgerContext> write) => Get<LedgerWriter>().WriteAsync(write, TestContext.Current.CancellationToken);

    public Task<OutboxRow> RowAsync(string key) => Get<LedgerReader>().ReadAsync(db => db.Outbox.SingleAsync(row => row.Key == key));

    /// <summary>Waits until the outbox row says so.</summary>
    public async Task<OutboxRow> UntilAsync(string key, OutboxState state)
    {
        OutboxRow row = await RowAsync(key);
        await UntilAsync(async () => (row = await RowAsync(key)).State == state, () => $"{row.State} {row.Error}");
        return row;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, Func<string> otherwise)
    {
        long started = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1), otherwise());
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
