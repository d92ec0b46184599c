using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Features.Home;

/// <summary>Finds what a name, hash, address or transaction belongs to, among what anybody may see.</summary>
public sealed class FindAnything(Catalogue catalogue, LedgerReader ledger)
{
    private const int MostHits = 30;

    public async Task<IReadOnlyList<FindHit>> FindAsync(string? words, CancellationToken cancel)
    {
        string wanted = (words ?? "").Trim();
        if (wanted.Length is 0 or > 200) return [];
        List<FindHit> hits = [.. catalogue.Read(c => Named(c, wanted))];
        if (wanted.Length >= 8) hits.AddRange(await RecordedAsync(wanted.ToLowerInvariant(), cancel));
        return [.. hits.Take(MostHits)];
    }

    private static List<FindHit> Named(CatalogueReading catalogue, string wanted)
    {
        bool isAddress = Address.TryParse(wanted, out Address address);
        List<FindHit> hits = [];
        foreach (DatanetDocument datanet in catalogue.Datanets.Find(d => d.State, DatanetState.Published))
            if (Holds(wanted, datanet.Name, datanet.Summary, datanet.Id) || datanet.Tags.Any(tag => Holds(wanted, tag)) || (isAddress && datanet.Owner == address))
                hits.Add(new("Datanet", datanet.Name, datanet.Summary, $"/datanets/{datanet.Id}"));
        foreach (ModelDocument model in catalogue.Models.Find(m => m.State, ModelState.Published))
            if (Holds(wanted, model.Name, model.Family, model.Id, model.Hash.Hex) || (isAddress && model.Owner == address))
                hits.Add(new(model.Kind == ModelKind.Adapter ? "Model" : "Base model", model.Name, model.Summary, $"/models/{model.Id}"));
        foreach (DatanetVersionDocument version in catalogue.Versions.All())
            if (wanted.Length >= 8 && Holds(wanted, version.Root.Hex))
                hits.Add(new("Version", $"Version {version.Number}", $"root {version.Root.Hex[..8]}…", $"/datanets/{version.DatanetId}"));
        if (isAddress) hits.Add(new("Address", address.Checksum, "What it gave and what it was paid", $"/trace/{address.Key}"));
        return hits;
    }

    private Task<List<FindHit>> RecordedAsync(string wanted, CancellationToken cancel) => ledger.ReadAsync(async books =>
    {
        string digits = wanted.StartsWith("0x", StringComparison.Ordinal) ? wanted[2..] : wanted;
        List<string> receipts = await books.Receipts.Where(r => r.Id.StartsWith(digits) || r.AttributionId.StartsWith(digits)).OrderByDescending(r => r.Time).Select(r => r.Id).Take(10).ToListAsync(cancel);
        List<string> rows = await books.Shares.Where(s => s.RowLeaf != null && s.RowLeaf.StartsWith(digits)).Select(s => s.ReceiptId).Distinct().Take(10).ToListAsync(cancel);
        return receipts.Select(id => new FindHit("Answer", $"Receipt {id[..8]}…", "Its trace, from coin to row", $"/trace/{id}"))
            .Concat(rows.Except(receipts).Select(id => new FindHit("Row", $"Paid in receipt {id[..8]}…", "Its trace, from coin to row", $"/trace/{id}"))).ToList();
    });

    private static bool Holds(string wanted, params ReadOnlySpan<string?> texts)
    {
        foreach (string? text in texts)
            if (text?.Contains(wanted, StringComparison.OrdinalIgnoreCase) == true) return true;
        return false;
    }
}

/// <summary>One thing found.</summary>
/// <param name="Kind">"Datanet", "Model", "Answer".</param>
public sealed record FindHit(string Kind, string Name, string Detail, string Href);
