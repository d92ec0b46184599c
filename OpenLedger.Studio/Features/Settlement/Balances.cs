using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Prepaid balances: what came in, what is set aside for an answer, what was given back. Double entry, once a key, never below nothing.</summary>
public sealed class Balances(LedgerWriter ledger, LedgerReader reader, SettlementOptions options, TimeProvider time)
{
    /// <summary>What an account can spend now.</summary>
    public async Task<Wei> OfAsync(string account, CancellationToken cancel) =>
        BookEntry.BalanceOf(await reader.ReadAsync(db => db.Accounts.SingleOrDefaultAsync(row => row.Account == account, cancel)));

    /// <summary>What is left of today's allowance for guests.</summary>
    public async Task<Wei> GuestsTodayAsync(CancellationToken cancel)
    {
        string key = AllowanceKey(Now);
        AccountRow? guests = await reader.ReadAsync(db => db.Accounts.SingleOrDefaultAsync(row => row.Account == Accounts.Guests, cancel));
        return await reader.ReadAsync(db => db.BalanceEntries.AnyAsync(entry => entry.Key == key, cancel)) ? BookEntry.BalanceOf(guests) : options.GuestAllowance;
    }

    /// <summary>Books a deposit the chain has logged.</summary>
    /// <param name="account">Whose balance it feeds; the node's own deposits feed <see cref="Accounts.Node"/>.</param>
    /// <param name="amount">Wei.</param>
    /// <param name="log">Transaction hash and log index: booked once.</param>
    /// <param name="cancel">Stops the wait for the ledger.</param>
    public Task<bool> DepositAsync(string account, Wei amount, string log, CancellationToken cancel) =>
        ledger.WriteAsync(db => BookEntry.Book(db, $"deposit/{log}", Accounts.Chain, account, amount, EntryKind.Deposit, log, Now), cancel);

    /// <summary>Sets aside the most an answer can cost, from the person's balance, or else from the guests' allowance.</summary>
    /// <param name="id">Of the answer: the same one is held for once.</param>
    /// <param name="person">Who asks; none for a visitor.</param>
    /// <param name="most">Wei.</param>
    /// <param name="cancel">Stops the wait for the ledger.</param>
    public Task<HoldResult> HoldAsync(string id, Address? person, Wei most, CancellationToken cancel) => ledger.WriteAsync(db => Hold(db, id, person, most), cancel);

    /// <summary>Gives back what is set aside for an answer that will not come.</summary>
    public Task ReleaseAsync(string id, CancellationToken cancel) => ledger.WriteAsync(db => { GiveBack(db, id, Now); }, cancel);

    /// <summary>Gives back all that a dead process had set aside. Only before the first answer of this one.</summary>
    internal Task ReleaseAllAsync(CancellationToken cancel) => ledger.WriteAsync(
        db =>
        {
            foreach (string id in OpenHolds(db).Select(hold => hold.Reference).ToList()) GiveBack(db, id, Now);
        },
        cancel);

    /// <summary>Ends a hold inside a write: what is left of it goes back to whoever paid.</summary>
    internal static void GiveBack(LedgerContext db, string id, long time, Wei spent = default)
    {
        string key = HoldKey(id);
        BalanceEntryRow? hold = db.BalanceEntries.FirstOrDefault(entry => entry.Key == key);
        if (hold is not null) BookEntry.Book(db, $"{key}/rest", Accounts.Held, hold.From, hold.Amount - spent, EntryKind.Refund, id, time);
    }

    /// <summary>The hold for an answer that is not ended.</summary>
    internal static BalanceEntryRow? OpenHold(LedgerContext db, string id)
    {
        string key = HoldKey(id);
        return BookEntry.IsBooked(db, $"{key}/rest") ? null : db.BalanceEntries.FirstOrDefault(entry => entry.Key == key);
    }

    private static IQueryable<BalanceEntryRow> OpenHolds(LedgerContext db) =>
        db.BalanceEntries.Where(hold => hold.Kind == EntryKind.Hold && !db.BalanceEntries.Any(rest => rest.Key == hold.Key + "/rest"));

    private HoldResult Hold(LedgerContext db, string id, Address? person, Wei most)
    {
        string key = HoldKey(id);
        if (db.BalanceEntries.FirstOrDefault(entry => entry.Key == key) is BalanceEntryRow before) return new HoldResult.Held(id, before.From);
        TopUpGuests(db);
        string own = person is Address address ? Accounts.Of(address) : Accounts.Guests;
        foreach (string payer in new[] { own, Accounts.Guests })
        {
            if (BookEntry.BalanceOf(db, payer) < most) continue;
            BookEntry.Book(db, key, payer, Accounts.Held, most, EntryKind.Hold, id, Now);
            return new HoldResult.Held(id, payer);
        }

        return new HoldResult.TooLittle(BookEntry.BalanceOf(db, own), most);
    }

    // Each day the guests' account is filled up to the allowance, not beyond: what one day leaves is not added to the next.
    private void TopUpGuests(LedgerContext db)
    {
        long now = Now;
        if (BookEntry.IsBooked(db, AllowanceKey(now))) return;
        Wei left = BookEntry.BalanceOf(db, Accounts.Guests);
        Wei missing = left < options.GuestAllowance ? options.GuestAllowance - left : Wei.Zero;
        BookEntry.Book(db, AllowanceKey(now), Accounts.Node, Accounts.Guests, missing, EntryKind.Allowance, AllowanceKey(now), now);
    }

    private static string HoldKey(string id) => $"hold/{id}";

    private static string AllowanceKey(long now) => $"allowance/{Day.Of(now)}";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>Whether an answer can be paid for.</summary>
public abstract record HoldResult
{
    private HoldResult()
    {
    }

    /// <param name="Payer">The person's account, or <see cref="Accounts.Guests"/>: the page says who pays.</param>
    public sealed record Held(string Id, string Payer) : HoldResult;

    /// <param name="Balance">What the asker has.</param>
    /// <param name="Needed">The most the answer can cost.</param>
    public sealed record TooLittle(Wei Balance, Wei Needed) : HoldResult;
}
