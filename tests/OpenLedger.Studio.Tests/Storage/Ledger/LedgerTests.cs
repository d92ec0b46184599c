using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Storage.Ledger;

/// <summary>What holds on both databases.</summary>
public abstract class LedgerTests
{
    private readonly TestLedger _ledger;

    private protected LedgerTests(TestLedger ledger) => _ledger = ledger;

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
    public async Task A_ledger_of_another_version_is_refused_in_a_sentence()
    {
        await _ledger.Writer.WriteAsync(l => l.Schema.ExecuteUpdate(set => set.SetProperty(s => s.Fingerprint, new string('a', 64))), default);
        using LedgerContext again = _ledger.CreateDbContext();
        LedgerSchemaException refused = Assert.Throws<LedgerSchemaException>(() => LedgerDatabase.Prepare(again));
        Assert.Contains("another version of the Studio", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_at_once_book_every_movement_once_and_lose_none()
    {
        using LedgerWriter other = new(_ledger);
        await Parallel.ForAsync(0, 40, async (i, cancel) =>
        {
            LedgerWriter writer = i % 2 == 0 ? _ledger.Writer : other;
            for (int twice = 0; twice < 2; twice++)
                await writer.WriteAsync(l => BookEntry.Book(l, $"k{i / 2}", Accounts.Chain, "a", new Wei(i / 2), EntryKind.Deposit, "r", 1), cancel);
        });
        Assert.Equal(new Wei(190), await _ledger.Reader.ReadAsync(l => l.Accounts.Where(a => a.Account == "a").Select(a => a.Received).SingleAsync())); // 0 + 1 + ... + 19
        Assert.Equal(20, await _ledger.Reader.ReadAsync(l => l.BalanceEntries.CountAsync()));
    }

    [Fact]
    public async Task Of_many_who_take_one_nonce_one_gets_it()
    {
        await _ledger.Writer.WriteAsync(l => l.Nonces.Add(new NonceRow { Nonce = "n", Domain = "d", ChainId = 1, Created = 1, Expires = 2 }), default);
        int taken = 0;
        await Parallel.ForAsync(0, 100, async (i, cancel) =>
        {
            int rows = await _ledger.Writer.WriteAsync(l => l.Nonces.Where(n => n.Nonce == "n" && n.Used == null).ExecuteUpdate(set => set.SetProperty(n => n.Used, i)), cancel);
            Interlocked.Add(ref taken, rows);
        });
        Assert.Equal(1, taken);
    }
}
