using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Attribution;

/// <summary>Finds answers by whatever a person has in hand: a receipt, a record, a wallet, a row, a Datanet, a version's root, a model, a transaction. Changes nothing.</summary>
public sealed class FindTraces(LedgerReader ledger, Catalogue catalogue)
{
    private const int Most = 50;

    /// <summary>The newest answers.</summary>
    public Task<IReadOnlyList<ReceiptRow>> LatestAsync(int count, CancellationToken cancel) =>
        ledger.ReadAsync<IReadOnlyList<ReceiptRow>>(async db => await db.Receipts.OrderByDescending(receipt => receipt.Time).Take(count).ToListAsync(cancel));

    /// <summary>The receipt that this names by itself: its id, its attribution record's, with or without 0x; null where it names several or none.</summary>
    public Task<string?> OneAsync(string what, CancellationToken cancel) => ledger.ReadAsync(async db =>
        Sha256Hash.TryParse(what, out Sha256Hash hash)
            ? (await db.Receipts.FirstOrDefaultAsync(receipt => receipt.Id == hash.Hex || receipt.AttributionId == hash.Hex, cancel))?.Id
            : null);

    /// <summary>Every answer it had a part in, newest first, and what kind of thing it is.</summary>
    public Task<FoundTraces> AllAsync(string what, CancellationToken cancel) =>
        Sha256Hash.TryParse(what, out Sha256Hash root) && catalogue.Read(c => c.Versions.All().FirstOrDefault(version => version.Root == root)) is DatanetVersionDocument version
            ? AllOfAsync(version.DatanetId, cancel)
            : AllOfAsync(what, cancel);

    private Task<FoundTraces> AllOfAsync(string what, CancellationToken cancel) => ledger.ReadAsync(async db =>
    {
        if (Address.TryParse(what, out Address wallet)) return new FoundTraces("wallet", await ByShareAsync(db.Receipts, db.Shares.Where(share => share.Beneficiary == wallet), cancel));
        string text = what.ToLowerInvariant();
        if (await db.Outbox.FirstOrDefaultAsync(act => act.TransactionHash == text, cancel) is OutboxRow act) return await OfActAsync(db, act, cancel);
        if (await db.Receipts.AnyAsync(receipt => receipt.ModelId == what, cancel))
            return new FoundTraces("model", await db.Receipts.Where(receipt => receipt.ModelId == what).OrderByDescending(receipt => receipt.Time).Take(Most).ToListAsync(cancel));
        if (await db.Shares.AnyAsync(share => share.DatanetId == what, cancel))
            return new FoundTraces("Datanet", await ByShareAsync(db.Receipts, db.Shares.Where(share => share.DatanetId == what), cancel));
        string leaf = Sha256Hash.TryParse(what, out Sha256Hash hash) ? hash.Hex : what;
        return new FoundTraces("row", await ByShareAsync(db.Receipts, db.Shares.Where(share => share.RowId == what || share.RowLeaf == leaf || (share.RowId != null && share.RowId.EndsWith("/" + what))), cancel));
    });

    // Outbox keys say what an act was for: batch/12/..., datanet-version/..., model/...
    private static async Task<FoundTraces> OfActAsync(LedgerContext db, OutboxRow act, CancellationToken cancel)
    {
        string[] parts = act.Key.Split('/');
        if (parts is ["batch", var digits, ..] && long.TryParse(digits, out long number))
            return new("settlement", await db.Receipts.Where(receipt => receipt.Batch == number).OrderByDescending(receipt => receipt.Time).Take(Most).ToListAsync(cancel));
        string named = parts.Length > 1 ? parts[1] : act.Key;
        return parts[0] == "model"
            ? new("model", await db.Receipts.Where(receipt => receipt.ModelId == named).OrderByDescending(receipt => receipt.Time).Take(Most).ToListAsync(cancel))
            : new("Datanet", await ByShareAsync(db.Receipts, db.Shares.Where(share => share.DatanetId == named), cancel));
    }

    private static Task<List<ReceiptRow>> ByShareAsync(DbSet<ReceiptRow> receipts, IQueryable<ShareRow> shares, CancellationToken cancel) =>
        receipts.Where(receipt => shares.Any(share => share.ReceiptId == receipt.Id)).OrderByDescending(receipt => receipt.Time).Take(Most).ToListAsync(cancel);
}

/// <summary>What was looked for, as a word, and the answers it had a part in.</summary>
public sealed record FoundTraces(string Kind, IReadOnlyList<ReceiptRow> Receipts);
