using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Moves an amount from one account to another inside a write: once a key, and never from what is not there. Knows nothing of why.</summary>
internal static class BookEntry
{
    /// <summary>Books it unless its key is booked.</summary>
    /// <returns>False where the key was booked before.</returns>
    /// <exception cref="OverdrawnException">The account has less; whoever may lack money asks <see cref="BalanceOf"/> first, in the same write.</exception>
    public static bool Book(LedgerContext db, string key, string from, string to, Wei amount, EntryKind kind, string reference, long time, long? block = null)
    {
        if (IsBooked(db, key)) return false;
        Wei balance = BalanceOf(db, from);
        if (balance < amount && !Accounts.MayOverdraw(from)) throw new OverdrawnException(from, balance, amount);
        db.BalanceEntries.Add(new BalanceEntryRow { Key = key, From = from, To = to, Amount = amount, Kind = kind, Reference = reference, Time = time, Block = block });
        Account(db, from).Spent += amount;
        Account(db, to).Received += amount;
        return true;
    }

    /// <summary>Takes back an entry whose block the chain has replaced. <see cref="BearOverdrafts"/> follows, once what stands in the new blocks is booked.</summary>
    public static void Undo(LedgerContext db, BalanceEntryRow entry)
    {
        Account(db, entry.To).Received -= entry.Amount;
        Account(db, entry.From).Spent -= entry.Amount;
        db.BalanceEntries.Remove(entry);
    }

    /// <summary>What an account has spent of a deposit that is gone, the node bears: nobody is left below nothing.</summary>
    public static void BearOverdrafts(LedgerContext db, long time)
    {
        foreach (AccountRow account in db.Accounts.Local.Where(row => row.Spent > row.Received && !Accounts.MayOverdraw(row.Account)).ToList())
            Book(db, $"borne/{account.Account}/{time}", Accounts.Node, account.Account, account.Spent - account.Received, EntryKind.Refund, "replaced block", time);
    }

    public static bool IsBooked(LedgerContext db, string key) =>
        db.BalanceEntries.Local.Any(entry => entry.Key == key) || db.BalanceEntries.Any(entry => entry.Key == key);

    /// <summary>What an account has; nothing where it may overdraw and has.</summary>
    public static Wei BalanceOf(LedgerContext db, string account) => BalanceOf(db.Accounts.Find(account));

    public static Wei BalanceOf(AccountRow? row) => row is null || row.Received < row.Spent ? Wei.Zero : row.Received - row.Spent;

    private static AccountRow Account(LedgerContext db, string name)
    {
        if (db.Accounts.Find(name) is AccountRow found) return found;
        AccountRow opened = new() { Account = name };
        db.Accounts.Add(opened);
        return opened;
    }
}

/// <summary>An account was to spend what it does not have.</summary>
public sealed class OverdrawnException(string account, Wei balance, Wei amount) : Exception($"account {account} has {balance} wei and cannot spend {amount}");
