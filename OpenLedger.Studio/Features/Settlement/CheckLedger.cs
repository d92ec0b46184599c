using System.Numerics;
using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Counts the whole ledger again, from its rows, and says what does not fit. Changes nothing.</summary>
public sealed class CheckLedger(LedgerReader reader)
{
    /// <returns>One sentence a fault; none when every wei is where it should be.</returns>
    public Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancel) => reader.ReadAsync<IReadOnlyList<string>>(async db =>
    {
        List<BalanceEntryRow> entries = await db.BalanceEntries.ToListAsync(cancel);
        List<AccountRow> accounts = await db.Accounts.ToListAsync(cancel);
        List<ShareRow> shares = await db.Shares.ToListAsync(cancel);
        List<ReceiptRow> receipts = await db.Receipts.ToListAsync(cancel);
        List<PayoutBatchRow> batches = await db.PayoutBatches.OrderBy(batch => batch.Number).ToListAsync(cancel);
        List<PayoutLeafRow> leaves = await db.PayoutLeaves.ToListAsync(cancel);
        List<ClaimRow> claims = await db.Claims.ToListAsync(cancel);
        return [.. Totals(entries, accounts), .. Receipts(receipts, shares, entries), .. Owing(accounts, shares, claims), .. Batches(batches, leaves, shares, receipts)];
    });

    private static IEnumerable<string> Totals(List<BalanceEntryRow> entries, List<AccountRow> accounts)
    {
        Dictionary<string, Wei> received = Sums(entries, entry => entry.To, entry => entry.Amount);
        Dictionary<string, Wei> spent = Sums(entries, entry => entry.From, entry => entry.Amount);
        foreach (AccountRow account in accounts)
        {
            if (account.Received != received.GetValueOrDefault(account.Account) || account.Spent != spent.GetValueOrDefault(account.Account))
                yield return $"Account {account.Account} says {account.Received} wei in and {account.Spent} out; its entries say otherwise.";
            if (account.Spent > account.Received && !Accounts.MayOverdraw(account.Account)) yield return $"Account {account.Account} has spent more than it had.";
        }
    }

    private static IEnumerable<string> Receipts(List<ReceiptRow> receipts, List<ShareRow> shares, List<BalanceEntryRow> entries)
    {
        Dictionary<string, Wei> shared = Sums(shares, share => share.ReceiptId, share => share.Amount);
        Dictionary<string, Wei> paid = Sums(entries.Where(entry => entry.Kind == EntryKind.Call), entry => entry.Reference, entry => entry.Amount);
        foreach (ReceiptRow receipt in receipts)
        {
            if (shared.GetValueOrDefault(receipt.Id) != receipt.Fee) yield return $"The shares of receipt {receipt.Id} do not sum to its fee.";
            if (paid.GetValueOrDefault(receipt.Id) != receipt.Fee) yield return $"What was paid for receipt {receipt.Id} is not its fee.";
        }

        HashSet<string> known = [.. receipts.Select(receipt => receipt.Id)];
        foreach (string stray in shared.Keys.Union(paid.Keys).Where(id => !known.Contains(id))) yield return $"Money moved for receipt {stray}, which is not there.";
    }

    private static IEnumerable<string> Owing(List<AccountRow> accounts, List<ShareRow> shares, List<ClaimRow> claims)
    {
        BigInteger batched = Sum(shares.Where(share => share.Batch is not null));
        BigInteger claimed = claims.Aggregate(BigInteger.Zero, (sum, claim) => sum + claim.Amount.Amount);
        if (Balance(accounts, Accounts.Owed) != Sum(shares.Where(share => share.Batch is null))) yield return "What is owed is not the sum of the shares that wait.";
        if (Balance(accounts, Accounts.Distributor) != batched - claimed) yield return "What the distributor holds is not what was settled less what was claimed.";
    }

    private static IEnumerable<string> Batches(List<PayoutBatchRow> batches, List<PayoutLeafRow> leaves, List<ShareRow> shares, List<ReceiptRow> receipts)
    {
        Wei cumulative = Wei.Zero;
        foreach (PayoutBatchRow batch in batches)
        {
            cumulative += batch.Amount;
            if (Sum(shares.Where(share => share.Batch == batch.Number)) != batch.Amount.Amount) yield return $"The shares of batch {batch.Number} do not sum to it.";
            if (leaves.Where(leaf => leaf.Batch == batch.Number).Aggregate(Wei.Zero, (sum, leaf) => sum + leaf.Added) != batch.Amount) yield return $"The leaves of batch {batch.Number} do not sum to it.";
            if (batch.Cumulative != cumulative) yield return $"Batch {batch.Number} says {batch.Cumulative} wei in all; the batches sum to {cumulative}.";
            if (receipts.Count(receipt => receipt.Batch == batch.Number) != batch.Records) yield return $"Batch {batch.Number} says {batch.Records} records and has others.";
        }

        foreach (IGrouping<Address, PayoutLeafRow> account in leaves.GroupBy(leaf => leaf.Account))
        {
            Wei sum = Wei.Zero;
            foreach (PayoutLeafRow leaf in account.OrderBy(leaf => leaf.Batch))
            {
                sum += leaf.Added;
                if (leaf.Cumulative != sum) yield return $"The leaf of {account.Key} in batch {leaf.Batch} is not the sum of what it was given.";
            }
        }
    }

    private static BigInteger Balance(List<AccountRow> accounts, string name) =>
        accounts.SingleOrDefault(account => account.Account == name) is AccountRow row ? row.Received.Amount - row.Spent.Amount : BigInteger.Zero;

    private static BigInteger Sum(IEnumerable<ShareRow> shares) => shares.Aggregate(BigInteger.Zero, (sum, share) => sum + share.Amount.Amount);

    private static Dictionary<string, Wei> Sums<T>(IEnumerable<T> rows, Func<T, string> key, Func<T, Wei> amount) =>
        rows.GroupBy(key).ToDictionary(group => group.Key, group => group.Aggregate(Wei.Zero, (sum, row) => sum + amount(row)));
}
