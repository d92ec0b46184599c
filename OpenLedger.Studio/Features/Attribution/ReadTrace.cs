using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Serving;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Attribution;

/// <summary>Puts one answer's trace together from its records alone. Everybody may see where coins went; a row's text only who may read the row.</summary>
public sealed class ReadTrace(LedgerReader ledger, Catalogue catalogue, DatanetRows rows, ReadRegistrations registrations)
{
    /// <summary>The trace, or null where there is no such receipt.</summary>
    public async Task<AnswerTrace?> OfAsync(string receiptId, Person person, CancellationToken cancel)
    {
        (ReceiptRow? row, List<ShareRow> shares, PayoutBatchRow? batch) = await ledger.ReadAsync(async db =>
        {
            ReceiptRow? found = await db.Receipts.FirstOrDefaultAsync(receipt => receipt.Id == receiptId, cancel);
            List<ShareRow> parts = await db.Shares.Where(share => share.ReceiptId == receiptId).OrderBy(share => share.Ordinal).ToListAsync(cancel);
            PayoutBatchRow? settled = found?.Batch is long number ? await db.PayoutBatches.FirstOrDefaultAsync(one => one.Number == number, cancel) : null;
            return (found, parts, settled);
        });
        if (row is null) return null;
        AttributionRecord attribution = CanonicalJson.Read<AttributionRecord>(row.Attribution);
        ModelDocument? model = catalogue.Read(c => c.Models.Get(row.ModelId));
        return new(
            row, CanonicalJson.Read<InferenceReceipt>(row.Json), attribution, model, model?.BaseId is string id ? catalogue.Read(c => c.Models.Get(id)) : model,
            await RegisteredAsync(Strands(shares, attribution, model, person), cancel), Payees(shares), batch);
    }

    private async Task<Strand[]> RegisteredAsync(Strand[] strands, CancellationToken cancel)
    {
        IReadOnlyDictionary<string, TxHash> registered = await registrations.OfAsync(strands.Select(strand => strand.Version).OfType<DatanetVersionDocument>(), cancel);
        return [.. strands.Select(strand => strand.Version is { } version && registered.TryGetValue(version.Id, out TxHash hash) ? strand with { Registered = hash } : strand)];
    }

    private Strand[] Strands(List<ShareRow> shares, AttributionRecord attribution, ModelDocument? model, Person person)
    {
        Dictionary<string, DatanetRow[]> read = [];
        return
        [
            .. shares.Where(share => share.RowId is not null).OrderByDescending(share => share.Amount).ThenBy(share => share.RowId, StringComparer.Ordinal)
                .Select(share => StrandOf(share, attribution, model, person, read)),
        ];
    }

    private Strand StrandOf(ShareRow share, AttributionRecord attribution, ModelDocument? model, Person person, Dictionary<string, DatanetRow[]> read)
    {
        string id = share.RowId!;
        string datanetId = share.DatanetId ?? id.Split('/')[0];
        (DatanetDocument? datanet, DatanetVersionDocument? version, bool mayRead) = catalogue.Read(c =>
        {
            DatanetDocument? found = c.Datanets.Get(datanetId);
            return (found, found is null ? null : VersionOf(c, found, model), found is not null && DatanetRules.MayReadRows(c, found, person));
        });
        Strand strand = new(
            id, share.Reason, attribution.Rows.FirstOrDefault(one => one.Row == id && one.Reason == share.Reason)?.Score, share.Amount, share.Beneficiary,
            NameOf(share.Beneficiary), share.RowLeaf, share.RowLabel ?? id, null, version, datanet);
        if (!mayRead || version is null) return strand;
        if (!read.TryGetValue(version.Id, out DatanetRow[]? all)) read[version.Id] = all = [.. rows.OfVersion(version.DatanetId, version.Number)];
        return strand with { Text = all.FirstOrDefault(row => row.Id == strand.RowId) };
    }

    // The version that the model learned from, else the newest: versions only grow, so a row stays where it is.
    private static DatanetVersionDocument? VersionOf(CatalogueReading c, DatanetDocument datanet, ModelDocument? model) =>
        model?.DatanetVersionIds.Select(c.Versions.Get).FirstOrDefault(version => version?.DatanetId == datanet.Id)
        ?? c.Versions.Get(DatanetVersionDocument.IdOf(datanet.Id, datanet.LatestVersion));

    private Payee[] Payees(List<ShareRow> shares) =>
    [
        .. shares.GroupBy(share => share.Beneficiary)
            .Select(paid => new Payee(paid.Key, NameOf(paid.Key), paid.Aggregate(Wei.Zero, (sum, share) => sum + share.Amount)))
            .OrderByDescending(payee => payee.Amount),
    ];

    private string NameOf(Address address) =>
        catalogue.Read(c => c.People.Get(PersonDocument.IdOf(address)))?.DisplayName ?? HashText.Shorten(address.Checksum);
}
