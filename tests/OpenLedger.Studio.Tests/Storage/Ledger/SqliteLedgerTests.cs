using Microsoft.EntityFrameworkCore;

namespace OpenLedger.Studio.Tests.Storage.Ledger;

public sealed class SqliteLedgerTests : LedgerTests, IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly TestLedger _ledger;

    public SqliteLedgerTests() : this(new TemporaryFolder())
    {
    }

    private SqliteLedgerTests(TemporaryFolder folder) : this(folder, TestLedger.OnFile(folder.File("ledger.db")))
    {
    }

    private SqliteLedgerTests(TemporaryFolder folder, TestLedger ledger) : base(ledger) => (_folder, _ledger) = (folder, ledger);

    public void Dispose()
    {
        _ledger.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_commit_is_synced()
    {
        Assert.Equal(2, await _ledger.Reader.ReadAsync(l => l.Database.SqlQueryRaw<long>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync())); // 2 = FULL
        Assert.Equal("wal", await _ledger.Reader.ReadAsync(l => l.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync()));
    }
}
