using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Home;

/// <summary>Gathers the first page for one person out of catalogue and ledger; writes nothing.</summary>
public sealed class ReadHome(Catalogue catalogue, ReadEarnings earnings)
{
    private const int MostModels = 6;

    public async Task<HomeView> ReadAsync(Person person, CancellationToken cancel)
    {
        HomeCatalogue shelf = catalogue.Read(c => HomeCatalogue.Of(c, person));
        HomeEarnings earned = await earnings.ReadAsync(person, shelf.ModelNames, cancel);
        HomeLoop loop = new(shelf.Datanets.Sum(d => d.Rows), shelf.Datanets, shelf.Adapters, earned.Training, earned.Answers, earned.AnswersThisWeek, earned.Earned, earned.Claimed);
        return new HomeView(person.IsSignedIn && !loop.IsEmpty ? loop : null, NextOf(loop, shelf), earned.Payments, shelf.Waiting, [.. shelf.Models.Take(MostModels)], shelf.Sample(earned.LatestReceipt));
    }

    private static HomeStep NextOf(HomeLoop loop, HomeCatalogue shelf)
    {
        if (loop.Training is not null) return HomeStep.WatchTraining;
        if (loop.Claimed < loop.Earned) return HomeStep.Claim;
        if (loop.Rows == 0) return shelf.WaitsForReview ? HomeStep.WaitForReview : HomeStep.BringRows;
        if (loop.Adapters == 0) return HomeStep.Train;
        return loop.Answers == 0 ? HomeStep.Ask : HomeStep.Done;
    }
}
