using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Tells by which transaction a version's root was registered on the chain. The outbox knows; nobody else keeps it.</summary>
public sealed class ReadRegistrations(LedgerReader ledger)
{
    /// <returns>By version id; one that is not signed yet is missing.</returns>
    public async Task<IReadOnlyDictionary<string, TxHash>> OfAsync(IEnumerable<DatanetVersionDocument> versions, CancellationToken cancel)
    {
        Dictionary<string, string> ids = versions.DistinctBy(version => version.Id).ToDictionary(version => PublishVersion.OutboxKey(version.DatanetId, version.Number), version => version.Id);
        var sent = await ledger.ReadAsync(db => db.Outbox.Where(row => ids.Keys.Contains(row.Key) && row.TransactionHash != null).Select(row => new { row.Key, row.TransactionHash }).ToListAsync(cancel));
        return sent.ToDictionary(row => ids[row.Key], row => TxHash.Parse(row.TransactionHash!));
    }
}
