namespace OpenLedger.Journeys;

/// <summary>The people of the loop, each in a browser of their own: an admin and a contributor with practice wallets, a developer with a wallet extension, and a guest without any. All are signed in.</summary>
public sealed record Cast(Visitor Admin, Visitor Contributor, Visitor Developer, Visitor Guest) : IAsyncDisposable
{
    public IReadOnlyList<Visitor> All => [Admin, Contributor, Developer, Guest];

    public static async Task<Cast> ArriveAsync(StudioFixture studio)
    {
        Visitor admin = await studio.VisitAsync(Look.Wide, TestKey.Admin), contributor = await studio.VisitAsync(Look.Wide, TestKey.Contributor);
        Visitor developer = await studio.VisitAsync(Look.Wide, wallet: new InjectedWallet(TestKey.Developer, studio.Studio.Address));
        await admin.SignInAsync();
        await contributor.SignInAsync();
        await developer.SignInWithAsync(InjectedWallet.Name);
        return new(admin, contributor, developer, await studio.VisitAsync(Look.Wide));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Visitor person in All) await person.DisposeAsync();
    }
}
