using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Storage;

/// <summary>Wires the catalogue, the ledger database and the files.</summary>
public static class StorageSetup
{
    // The tenth account of the development chain; on any other chain Studio:Treasury names one.
    private const string DevelopmentTreasury = "0xa0ee7a142d267c1f36714e4a8f75612f20a79720";

    public static WebApplicationBuilder AddStorage(this WebApplicationBuilder builder)
    {
        string root = Path.Combine(builder.Environment.ContentRootPath, builder.Configuration["Studio:Data"] ?? "data");
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => StudioFolders.Open(root));
        builder.Services.AddSingleton(services => new CatalogueFile(services.GetRequiredService<StudioFolders>().CatalogueFile));
        builder.Services.AddSingleton<Catalogue.Catalogue>();
        builder.Services.AddDbContextFactory<LedgerContext>((services, options) =>
        {
            if (builder.Configuration["Studio:Ledger:Postgres"] is string postgres) options.UsePostgres(postgres);
            else options.UseSqliteFile(services.GetRequiredService<StudioFolders>().LedgerFile);
        });
        builder.Services.AddSingleton<LedgerWriter>();
        builder.Services.AddSingleton<LedgerReader>();
        builder.Services.AddSingleton(services => NodeKey.OpenOrCreate(Path.Combine(services.GetRequiredService<StudioFolders>().Keys, "node.pem")));
        builder.Services.AddSingleton<RecordLog>();
        builder.Services.AddSingleton<ReadRecordLog>();
        builder.Services.AddSingleton<StudioSettings>();
        Address treasury = Address.Parse(builder.Configuration["Studio:Treasury"] ?? DevelopmentTreasury);
        builder.Services.AddSingleton(services => new Governance(services.GetRequiredService<StudioSettings>(), treasury));
        return builder;
    }

    /// <summary>Opens everything before the first request, so that a refusal is a sentence at the start and not an error on a page.</summary>
    public static WebApplication MapStorage(this WebApplication app)
    {
        using LedgerContext ledger = app.Services.GetRequiredService<IDbContextFactory<LedgerContext>>().CreateDbContext();
        LedgerDatabase.Prepare(ledger);
        app.Services.GetRequiredService<Catalogue.Catalogue>();
        return app;
    }
}
