namespace OpenLedger.Journeys;

/// <summary>
/// Looks at every page at two widths in two themes: no barrier, no sideways scroll, no outside request, no error in the console. Leaves its pictures in <c>.screens</c>.
/// <c>dotnet test -c Release --project tests/OpenLedger.Journeys --filter-trait Kind=Screens</c>; the variable SCREENS names a few of them.
/// </summary>
[Trait("Kind", "Screens")]
[Collection("One Studio at a time")]
public sealed class ScreensTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    private static readonly int[] OtherWidths = [360, 768, 1024, 1280];

    public static TheoryData<string> Names { get; } = new(Wanted().Select(screen => screen.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_holds_in_both_themes_at_both_widths(string name)
    {
        Screen screen = Screens.All.Single(s => s.Name == name);
        List<string> found = [];
        foreach (Look look in Look.All) found.AddRange(await LookAtAsync(screen, look));
        Assert.Empty(found);
    }

    private async Task<IReadOnlyList<string>> LookAtAsync(Screen screen, Look look)
    {
        await using Visitor visitor = await fixture.VisitAsync(look);
        visitor.MissingPage = screen.Missing ? screen.Path : null;
        if (screen.SignedIn) await visitor.SignInAsync();
        await visitor.GoAsync(screen.Path);
        // The page of parts shows a skeleton on purpose; elsewhere one that stays is a page that never loads.
        if (screen.Name != "parts") await visitor.Page.WaitForFunctionAsync("() => !document.querySelector('main [aria-busy=true]')");
        string where = $"{screen.Name} {look.Width} {look.Theme}";
        await visitor.PictureAsync($"{screen.Name}-{look.Width}-{look.Theme}");
        List<string> found = [.. (await visitor.FindBarriersAsync()).Select(barrier => $"{where}: {barrier}")];
        if (await visitor.SidewaysAsync() is > 0 and int pixels) found.Add($"{where}: {pixels} px sideways");
        if (look == Look.Wide)
            foreach (int width in OtherWidths)
                if (await visitor.SidewaysAtAsync(width) is > 0 and int more) found.Add($"{where}: {more} px sideways at {width}");
        found.AddRange(visitor.Troubles.Where(trouble => !(screen.Missing && trouble.Contains("404", StringComparison.Ordinal))).Select(trouble => $"{where}: {trouble}"));
        return found;
    }

    private static IEnumerable<Screen> Wanted()
    {
        string[] names = (Environment.GetEnvironmentVariable("SCREENS") ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        return names.Length == 0 ? Screens.All : Screens.All.Where(screen => names.Contains(screen.Name));
    }
}
