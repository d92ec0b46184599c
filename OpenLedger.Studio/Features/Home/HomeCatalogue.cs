using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Home;

/// <summary>The catalogue's part of the first page, read in one go. Knows no money.</summary>
internal sealed record HomeCatalogue
{
    public required IReadOnlyList<HomeDatanet> Datanets { get; init; }

    public required int Adapters { get; init; }

    public required bool WaitsForReview { get; init; }

    public required IReadOnlyList<HomeWaiting> Waiting { get; init; }

    public required IReadOnlyList<HomeModel> Models { get; init; }

    public required IReadOnlyDictionary<string, string> ModelNames { get; init; }

    private DatanetDocument? Example { get; init; }

    private string? ExampleModel { get; init; }

    public HomeSample? Sample(string? receipt) => Example is null ? null : new(Example.Id, Example.Name, Example.Rows, Example.Contributors, ExampleModel, receipt);

    public static HomeCatalogue Of(CatalogueReading catalogue, Person person)
    {
        IReadOnlyList<DatanetDocument> published = catalogue.Datanets.Find(d => d.State, DatanetState.Published);
        IReadOnlyList<ModelDocument> models = catalogue.Models.All();
        List<HomeDatanet> mine = [.. published.Select(d => MineIn(catalogue, d, person)).OfType<HomeDatanet>().OrderByDescending(d => d.Rows)];
        HashSet<string> mineIds = [.. mine.Select(d => d.Id)];
        DatanetDocument? example = published.OrderBy(d => d.Created).FirstOrDefault();
        return new HomeCatalogue
        {
            Datanets = mine,
            Adapters = models.Count(m => m.Kind == ModelKind.Adapter && m.DatanetIds.Any(mineIds.Contains)),
            WaitsForReview = person.Address is { } owner && catalogue.Datanets.Find(d => d.Owner, owner).Any(d => d.State == DatanetState.WaitingForReview),
            Waiting = [.. WaitingFor(catalogue, person)],
            Models = [.. models.Where(m => m.State == ModelState.Published).OrderBy(m => m.Kind == ModelKind.Base).ThenByDescending(m => m.Created).Select(Shown)],
            ModelNames = models.ToDictionary(m => m.Id, m => m.Name, StringComparer.Ordinal),
            Example = example,
            ExampleModel = example is null ? null : models.FirstOrDefault(m => m.State == ModelState.Published && m.DatanetIds.Contains(example.Id))?.Id,
        };
    }

    private static HomeModel Shown(ModelDocument model) => new(model.Id, model.Name, model.Kind == ModelKind.Adapter, model.Kind == ModelKind.Base ? "base" : "");

    private static HomeDatanet? MineIn(CatalogueReading catalogue, DatanetDocument datanet, Person person)
    {
        if (person.Address is not { } address || catalogue.Versions.Get(DatanetVersionDocument.IdOf(datanet.Id, datanet.LatestVersion)) is not { } version) return null;
        int rows = version.Contributors.Where(c => c.Contributor == address).Sum(c => c.Rows);
        return rows > 0 ? new HomeDatanet(datanet.Id, datanet.Name, version.Number, rows) : null;
    }

    private static IEnumerable<HomeWaiting> WaitingFor(CatalogueReading catalogue, Person person)
    {
        if (person.Address is not { } address) yield break;
        foreach (DatanetDocument datanet in catalogue.Datanets.Find(d => d.Owner, address))
        {
            foreach (ContributionDocument offer in catalogue.Contributions.Find(o => o.DatanetId, datanet.Id).Where(o => o.State == ContributionState.Waiting))
                yield return new(HomeWaitingKind.RowsOffered, $"{offer.Rows:N0} rows offered by {offer.Contributor.ToShortText()}", $"to {datanet.Name}", $"/datanets/{datanet.Id}");
            foreach (AccessRequestDocument ask in catalogue.AccessRequests.Find(a => a.DatanetId, datanet.Id).Where(a => a.State == AccessState.Asked))
                yield return new(HomeWaitingKind.AccessAsked, $"Access asked by {ask.Requester.ToShortText()}", $"to train on {datanet.Name}", $"/datanets/{datanet.Id}");
        }

        if (!person.IsAdmin) yield break;
        foreach (DatanetDocument datanet in catalogue.Datanets.Find(d => d.State, DatanetState.WaitingForReview))
            yield return new(HomeWaitingKind.Review, $"Review {datanet.Name}", $"from {datanet.Owner.ToShortText()}", "/admin");
    }
}
