using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Storage;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Faults;

/// <summary>The Studio's own storage over one data folder, wired as the app wires it. Knows nothing of crashes.</summary>
internal sealed class CrashStores : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CrashStores(WebApplication app) => _app = app;

    public Catalogue Catalogue => Get<Catalogue>();

    public StudioFolders Folders => Get<StudioFolders>();

    public LedgerWriter Writer => Get<LedgerWriter>();

    public LedgerReader Reader => Get<LedgerReader>();

    public ReadRecordLog Log => Get<ReadRecordLog>();

    public ChargeCall Charge => new(Writer, Get<RecordLog>());

    public static CrashStores Open(string folder)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Studio:Data"] = folder });
        builder.AddStorage();
        WebApplication app = builder.Build();
        app.MapStorage();
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();
}
