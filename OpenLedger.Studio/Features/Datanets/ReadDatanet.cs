using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Gathers what a Datanet's page shows: versions, people, models that used it, what it earned. Reads no published row.</summary>
public sealed class ReadDatanet(Catalogue catalogue, DatanetRows rows, LedgerReader ledger, TimeProvider time)
{
    private const int Whole = 10_000;

    /// <returns>Null where there is none that this person may see.</returns>
    public async Task<DatanetView?> OneAsync(Person person, string id, CancellationToken cancel)
    {
        if (catalogue.Read(c => DatanetRules.Find(c, id, person)) is null) return null;
        List<OutboxRow> sent = await ledger.ReadAsync(db => db.Outbox.Where(row => row.Key.StartsWith(PublishVersion.OutboxKey(id, 0).TrimEnd('0'))).ToListAsync(cancel));
        List<EarnedShare> shares = await ledger.ReadAsync(db => db.Shares.Where(share => share.DatanetId == id)
            .Select(share => new EarnedShare(share.Beneficiary, share.Amount, share.ReceiptId, share.Time, share.Batch != null)).ToListAsync(cancel));
        int waiting = await Task.Run(() => rows.Waiting(id).Count, cancel);
        return catalogue.Read(c => DatanetRules.Find(c, id, person) is DatanetDocument datanet ? View(c, datanet, person, sent, shares, waiting) : null);
    }

    private DatanetView View(CatalogueReading c, DatanetDocument datanet, Person person, List<OutboxRow> sent, List<EarnedShare> shares, int waiting)
    {
        bool mine = DatanetRules.IsOwner(datanet, person);
        long weekAgo = time.GetUtcNow().AddDays(-7).ToUnixTimeMilliseconds();
        IReadOnlyList<DatanetVersionDocument> versions = [.. c.Versions.Find(version => version.DatanetId, datanet.Id).OrderByDescending(version => version.Number)];
        return new(
            datanet, NameOf(c, datanet.Owner), mine, person.IsAdmin, DatanetRules.MayTrain(c, datanet, person), DatanetRules.MayReadRows(c, datanet, person),
            person.Address is Address me ? c.AccessRequests.Get(AccessRequestDocument.IdOf(datanet.Id, me)) : null,
            waiting, [.. versions.Select(version => LineOf(version, versions, sent))], ContributorsOf(c, versions, shares),
            [.. c.Models.FindContaining(model => model.DatanetIds, datanet.Id).Where(model => model.State == ModelState.Published || model.Owner == person.Address).OrderByDescending(model => model.Created)],
            mine ? [.. c.AccessRequests.Find(request => request.DatanetId, datanet.Id).OrderByDescending(request => request.Created).Select(request => new AccessRequestLine(request, NameOf(c, request.Requester)))] : [],
            [.. c.Contributions.Find(offer => offer.DatanetId, datanet.Id).Where(offer => mine || offer.Contributor == person.Address).OrderByDescending(offer => offer.Created).Select(offer => new ContributionLine(offer, NameOf(c, offer.Contributor)))],
            shares.Select(share => share.Receipt).Distinct().Count(),
            shares.Where(share => share.Time > weekAgo).Select(share => share.Receipt).Distinct().Count(),
            Sum(shares.Where(share => share.Settled)));
    }

    private static VersionLine LineOf(DatanetVersionDocument version, IReadOnlyList<DatanetVersionDocument> all, List<OutboxRow> sent)
    {
        int before = all.FirstOrDefault(other => other.Number == version.Number - 1)?.Rows ?? 0;
        OutboxRow? row = sent.Find(one => one.Key == PublishVersion.OutboxKey(version.DatanetId, version.Number));
        TxHash? transaction = row?.TransactionHash is string hash ? TxHash.Parse(hash) : null;
        return new(version, version.Rows - before, transaction, row?.State);
    }

    private static IReadOnlyList<ContributorLine> ContributorsOf(CatalogueReading c, IReadOnlyList<DatanetVersionDocument> versions, List<EarnedShare> shares)
    {
        if (versions is not [DatanetVersionDocument newest, ..]) return [];
        return [.. newest.Contributors.OrderByDescending(one => one.Rows).ThenBy(one => one.Contributor).Select(one => new ContributorLine(
            one.Contributor, NameOf(c, one.Contributor), c.People.Get(PersonDocument.IdOf(one.Contributor))?.Url, one.Rows, one.Rows * Whole / newest.Rows,
            Sum(shares.Where(share => share.Beneficiary == one.Contributor))))];
    }

    internal static string NameOf(CatalogueReading c, Address address) => c.People.Get(PersonDocument.IdOf(address))?.DisplayName ?? address.ToShortText();

    private static Wei Sum(IEnumerable<EarnedShare> shares) => shares.Aggregate(Wei.Zero, (sum, share) => sum + share.Amount);

    private sealed record EarnedShare(Address Beneficiary, Wei Amount, string Receipt, long Time, bool Settled);
}
