using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Admin;

/// <summary>Datanets that wait for an admin, and those decided lately. Changes nothing.</summary>
public sealed class ReadApprovals(Catalogue catalogue, ReadRegistrations registrations)
{
    private const int Lately = 10;

    public async Task<Approvals> ReadAsync(CancellationToken cancel)
    {
        Approvals approvals = Read();
        IReadOnlyDictionary<string, TxHash> registered = await registrations.OfAsync(approvals.Decided.Select(decided => decided.Version).OfType<DatanetVersionDocument>(), cancel);
        return approvals with { Decided = [.. approvals.Decided.Select(decided => decided with { Transaction = decided.Version is { } version && registered.TryGetValue(version.Id, out TxHash hash) ? hash : null })] };
    }

    private Approvals Read() => catalogue.Read(c => new Approvals(
        [.. c.Datanets.Find(datanet => datanet.State, DatanetState.WaitingForReview).OrderBy(datanet => datanet.Updated)],
        [.. c.Datanets.Find(datanet => datanet.State, DatanetState.Published)
            .Concat(c.Datanets.Find(datanet => datanet.State, DatanetState.SentBack))
            .OrderByDescending(datanet => datanet.Updated).Take(Lately)
            .Select(datanet => new DecidedDatanet(datanet, c.Versions.Get(DatanetVersionDocument.IdOf(datanet.Id, datanet.LatestVersion))))],
        c.People.All().Where(person => person.DisplayName is not null).ToDictionary(person => person.Id, person => person.DisplayName!)));
}

/// <summary>What an admin has to decide, longest waiting first, and what was decided, newest first.</summary>
/// <param name="Names">Of those who have one, by address in lower case.</param>
public sealed record Approvals(IReadOnlyList<DatanetDocument> Waiting, IReadOnlyList<DecidedDatanet> Decided, IReadOnlyDictionary<string, string> Names);

/// <summary>A Datanet that was published or sent back.</summary>
/// <param name="Version">Its newest published version, if there is one.</param>
/// <param name="Transaction">What registered that version, once it is signed.</param>
public sealed record DecidedDatanet(DatanetDocument Datanet, DatanetVersionDocument? Version, TxHash? Transaction = null);
