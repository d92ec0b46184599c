using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Storage.Ledger;

public sealed class LedgerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestLedger _ledger;

    public LedgerTests() => _ledger = TestLedger.OnFile(_folder.File("ledger.db"));

    public void Dispose()
    {
        _ledger.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Money_sorts_as_a_number_and_comes_back_to_the_last_wei()
    {
        Wei[] amounts = [Wei.Parse("9"), Wei.Parse("10"), Wei.Parse("340282366920938463463374607431768211457"), Wei.Zero];
        await _ledger.Writer.WriteAsync(l => l.Accounts.AddRange(amounts.Select((amount, i) => new AccountRow { Account = $"a{i}", Received = amount })), default);
        Assert.Equal([.. amounts.Order()], await _ledger.Reader.ReadAsync(l => l.Accounts.OrderBy(a => a.Received).Select(a => a.Received).ToListAsync()));
    }

    [Fact]
    public async Task Thirty_two_writers_at_once_lose_no_increment()
    {
        await _ledger.Writer.WriteAsync(l => l.Accounts.Add(new AccountRow { Account = "a" }), default);
        await Parallel.ForAsync(0, 32, async (_, cancel) => await _ledger.Writer.WriteAsync(l => l.Accounts.Single().Received += new Wei(1), cancel));
        Assert.Equal(new Wei(32), await _ledger.Reader.ReadAsync(l => l.Accounts.Select(a => a.Received).SingleAsync()));
    }

    [Fact]
    public async Task A_key_is_booked_once()
    {
        BalanceEntryRow entry(long time) => new() { Key = "deposit-1", From = "chain", To = "a", Amount = new Wei(5), Kind = EntryKind.Deposit, Reference = "0x1", Time = time };
        await _ledger.Writer.WriteAsync(l => l.BalanceEntries.Add(entry(1)), default);
        await Assert.ThrowsAsync<DbUpdateException>(() => _ledger.Writer.WriteAsync(l => l.BalanceEntries.Add(entry(2)), default));
        Assert.Equal(1, await _ledger.Reader.ReadAsync(l => l.BalanceEntries.CountAsync()));
    }

    [Fact]
    public async Task A_row_is_not_saved_over_a_newer_one()
    {
        await _ledger.Writer.WriteAsync(l => l.Accounts.Add(new AccountRow { Account = "a" }), default);
        using LedgerContext first = _ledger.CreateDbContext();
        using LedgerContext second = _ledger.CreateDbContext();
        first.Accounts.Single().Received = new Wei(1);
        second.Accounts.Single().Received = new Wei(2);
        first.SaveChanges();
        Assert.Throws<DbUpdateConcurrencyException>(() => second.SaveChanges());
    }

    [Fact]
    public async Task Every_commit_is_synced()
    {
        Assert.Equal(2, await _ledger.Reader.ReadAsync(l => l.Database.SqlQueryRaw<long>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync())); // 2 = FULL
        Assert.Equal("wal", await _ledger.Reader.ReadAsync(l => l.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync()));
    }

    [Fact]
    public async Task A_ledger_of_another_version_is_refused_in_a_sentence()
    {
        await _ledger.Writer.WriteAsync(l => l.Schema.ExecuteUpdate(set => set.SetProperty(s => s.Fingerprint, new string('a', 64))), default);
        using LedgerContext again = _ledger.CreateDbContext();
        LedgerSchemaException refused = Assert.Throws<LedgerSchemaException>(() => LedgerDatabase.Prepare(again));
        Assert.Contains("another version of the Studio", refused.Message, StringComparison.Ordinal);
    }
}
