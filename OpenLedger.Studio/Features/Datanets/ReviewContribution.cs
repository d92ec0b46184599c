using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Datanets.Duplicates;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>An owner's answer to offered rows: take them, which publishes the next version, or send them back with a reason.</summary>
public sealed class ReviewContribution(Catalogue catalogue, DatanetRows rows, PublishVersion publish, DatanetLocks locks, TimeProvider time)
{
    /// <summary>The offered rows, for the owner, the contributor and admins.</summary>
    public Outcome<IReadOnlyList<DatanetRow>> Look(Person person, string contributionId)
    {
        ContributionDocument? contribution = catalogue.Read(c => c.Contributions.Get(contributionId));
        if (contribution is null) return DatanetRefusals.NotFound;
        bool may = person.IsAdmin || contribution.Contributor == person.Address || IsOwner(person, contribution);
        if (!may) return DatanetRefusals.NotFound;
        return new(rows.Offered(contribution.DatanetId, contribution.Id), null);
    }

    public Task<Outcome<ContributionDocument>> AcceptAsync(Person owner, string contributionId, CancellationToken cancel) => DecideAsync(owner, contributionId, async contribution =>
    {
        DatanetDocument datanet = catalogue.Read(c => c.Datanets.Require(contribution.DatanetId));
        DatanetRow[] waiting = [.. rows.Waiting(datanet.Id)];
        DatanetRow[] joined = Join([.. rows.OfVersion(datanet.Id, datanet.LatestVersion), .. waiting], rows.Offered(datanet.Id, contribution.Id));
        int version = datanet.LatestVersion;
        if (waiting.Length + joined.Length > 0)
        {
            rows.KeepWaiting(datanet.Id, [.. waiting, .. joined]);
            version = (await publish.PublishAsync(datanet.Id, cancel)).Number;
        }
        return Decided(contribution, ContributionState.Accepted, null, version);
    }, cancel);

    public Task<Outcome<ContributionDocument>> SendBackAsync(Person owner, string contributionId, string reason, CancellationToken cancel) => DecideAsync(owner, contributionId, contribution =>
        Task.FromResult(ReviewReason.Fault(reason) is Refusal fault ? fault : Decided(contribution, ContributionState.SentBack, reason.Trim(), null)), cancel);

    private async Task<Outcome<ContributionDocument>> DecideAsync(Person owner, string contributionId, Func<ContributionDocument, Task<Outcome<ContributionDocument>>> decide, CancellationToken cancel)
    {
        if (catalogue.Read(c => c.Contributions.Get(contributionId)) is not ContributionDocument known) return DatanetRefusals.NotFound;
        if (!IsOwner(owner, known)) return DatanetRefusals.OwnerOnly;
        return await locks.AloneAsync(known.DatanetId, async () =>
        {
            ContributionDocument now = catalogue.Read(c => c.Contributions.Require(contributionId));
            return now.State == ContributionState.Waiting ? await decide(now) : new Refusal("This offer has its answer already.");
        }, cancel);
    }

    // Rows that came in since the offer was made, or in a try that a crash cut off, are not taken twice.
    private static DatanetRow[] Join(IReadOnlyList<DatanetRow> known, IReadOnlyList<DatanetRow> offered)
    {
        HashSet<Sha256Hash> texts = [.. known.Select(row => RowFingerprint.Of(row.AsPassageText()))];
        HashSet<string> ids = [.. known.Select(row => row.Id)];
        return [.. offered.Where(row => texts.Add(RowFingerprint.Of(row.AsPassageText()))).Select(row => ids.Add(row.Id) ? row : row with { Id = $"{row.Id}-{row.Leaf.Hex[..8]}" })];
    }

    private Outcome<ContributionDocument> Decided(ContributionDocument contribution, ContributionState state, string? reason, int? version) =>
        catalogue.Write(c => c.Contributions.Change(contribution.Id, known => known with
        {
            State = state,
            Reason = reason,
            Version = version,
            Decided = time.GetUtcNow().ToUnixTimeMilliseconds(),
        }));

    private bool IsOwner(Person person, ContributionDocument contribution) =>
        catalogue.Read(c => c.Datanets.Get(contribution.DatanetId)) is DatanetDocument datanet && DatanetRules.IsOwner(datanet, person);
}
