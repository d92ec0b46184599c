using Microsoft.EntityFrameworkCore;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Tests.Storage.Ledger;

/// <summary>A real ledger on a file of its own.</summary>
internal sealed class TestLedger : IDbContextFactory<LedgerContext>, IDisposable
{
    private readonly DbContextOptions<LedgerContext> _options;

    public TestLedger(Action<DbContextOptionsBuilder> use)
    {
        DbContextOptionsBuilder<LedgerContext> options = new();
        use(options);
        _options = options.Options;
        using LedgerContext ledger = CreateDbContext();
        LedgerDatabase.Prepare(ledger);
        Writer = new LedgerWriter(this);
        Reader = new LedgerReader(this);
    }

    public LedgerWriter Writer { get; }

    public LedgerReader Reader { get; }

    public static TestLedger OnFile(string file) => new(options => options.UseSqliteFile(file));

    public LedgerContext CreateDbContext() => new(_options);

    public void Dispose()
    {
        Writer.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }
}
