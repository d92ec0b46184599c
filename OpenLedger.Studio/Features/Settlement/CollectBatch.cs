using System.Text;
using OpenLedger.Contracts.Merkle;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Takes all shares that wait into one batch: marks them, adds them up, writes the leaves, moves the money. One write; knows nothing of the chain.</summary>
public sealed class CollectBatch(LedgerWriter ledger, RecordLog log, TimeProvider time)
{
    /// <returns>The batch that is not published yet, or a new one; nothing where no wei waits.</returns>
    public Task<PayoutBatchRow?> OpenAsync(CancellationToken cancel) => ledger.WriteAsync(db => Unpublished(db) ?? Collect(db), cancel);

    private static PayoutBatchRow? Unpublished(LedgerContext db) =>
        db.PayoutBatches.Where(batch => batch.State != BatchState.Published).OrderBy(batch => batch.Number).FirstOrDefault();

    private PayoutBatchRow? Collect(LedgerContext db)
    {
        List<ShareRow> shares = [.. db.Shares.Where(share => share.Batch == null)];
        if (shares.Count == 0) return null;
        PayoutBatchRow? last = db.PayoutBatches.OrderByDescending(batch => batch.Number).FirstOrDefault();
        long number = (last?.Number ?? 0) + 1;
        List<ReceiptRow> receipts = [.. db.Receipts.Where(receipt => receipt.Batch == null).OrderBy(receipt => receipt.Time).ThenBy(receipt => receipt.AttributionId)];
        foreach (ShareRow share in shares) share.Batch = number;
        foreach (ReceiptRow receipt in receipts) receipt.Batch = number;
        Dictionary<Address, Wei> everybody = AddUp(db, shares, number);
        PayoutBatchRow batch = Batch(last, number, shares, receipts, everybody);
        log.Append(db, "batch", RecordOf(batch, last));
        db.PayoutBatches.Add(batch);
        BookEntry.Book(db, $"batch/{number}", Accounts.Owed, Accounts.Distributor, batch.Amount, EntryKind.Settlement, $"{number}", batch.Created);
        return batch;
    }

    // Leaves are cumulative: an account that earned nothing this time keeps its old leaf, and the tree takes the newest of each.
    private static Dictionary<Address, Wei> AddUp(LedgerContext db, List<ShareRow> shares, long number)
    {
        Dictionary<Address, Wei> everybody = PayoutBook.UpTo(db, number - 1);
        foreach (IGrouping<Address, ShareRow> earned in shares.GroupBy(share => share.Beneficiary))
        {
            Wei added = Sum(earned);
            everybody[earned.Key] = everybody.GetValueOrDefault(earned.Key) + added;
            db.PayoutLeaves.Add(new PayoutLeafRow { Batch = number, Account = earned.Key, Added = added, Cumulative = everybody[earned.Key] });
        }

        return everybody;
    }

    private PayoutBatchRow Batch(PayoutBatchRow? last, long number, List<ShareRow> shares, List<ReceiptRow> receipts, Dictionary<Address, Wei> everybody)
    {
        Wei amount = Sum(shares);
        PayoutBatchRow batch = new()
        {
            Number = number,
            Root = PayoutTree.Build(everybody.Select(account => new PayoutLeaf(account.Key, account.Value))).Root.Key,
            RecordsRoot = MerkleTree.Root([.. receipts.Select(receipt => MerkleTree.LeafOf(Encoding.UTF8.GetBytes(receipt.Attribution)))]).Hex,
            RecordHash = "",
            Records = receipts.Count,
            Leaves = everybody.Count,
            Amount = amount,
            Cumulative = (last?.Cumulative ?? Wei.Zero) + amount,
            Cover = receipts.Where(receipt => receipt.Payer == Accounts.Guests).Aggregate(Wei.Zero, (sum, receipt) => sum + receipt.Fee),
            Created = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        batch.RecordHash = CanonicalJson.HashOf(RecordOf(batch, last)).Hex;
        return batch;
    }

    private static BatchRecord RecordOf(PayoutBatchRow batch, PayoutBatchRow? last) => new(
        batch.Number, last is null ? null : Sha256Hash.Parse(last.RecordHash), Sha256Hash.Parse(batch.RecordsRoot), batch.Records, batch.Root, batch.Leaves,
        batch.Amount.ToString(), batch.Cumulative.ToString(), batch.Created);

    private static Wei Sum(IEnumerable<ShareRow> shares) => shares.Aggregate(Wei.Zero, (sum, share) => sum + share.Amount);
}
