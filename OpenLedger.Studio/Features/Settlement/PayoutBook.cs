using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Merkle;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>All that everybody had earned up to a batch: the newest leaf of each account, which is the tree the batch's root stands for. Changes nothing.</summary>
internal static class PayoutBook
{
    public static Dictionary<Address, Wei> UpTo(LedgerContext db, long batch) => Newest(Leaves(db, batch).ToList());

    public static async Task<PayoutTree> TreeAsync(LedgerContext db, long batch, CancellationToken cancel) =>
        PayoutTree.Build(Newest(await Leaves(db, batch).ToListAsync(cancel)).Select(account => new PayoutLeaf(account.Key, account.Value)));

    private static IQueryable<PayoutLeafRow> Leaves(LedgerContext db, long batch) => db.PayoutLeaves.Where(leaf => leaf.Batch <= batch);

    private static Dictionary<Address, Wei> Newest(List<PayoutLeafRow> leaves) =>
        leaves.GroupBy(leaf => leaf.Account).ToDictionary(account => account.Key, account => account.MaxBy(leaf => leaf.Batch)!.Cumulative);
}
