namespace OpenLedger.Journeys;

/// <summary>
/// Looks at every page of a Studio nobody has used yet. Leaves its pictures in <c>.screens</c>.
/// <c>dotnet test -c Release --project tests/OpenLedger.Journeys --filter-trait Kind=Screens</c>; the variable SCREENS names a few of them.
/// </summary>
[Trait("Kind", "Screens")]
public sealed class ScreensTests(FirstRunFixture fixture) : IClassFixture<FirstRunFixture>
{
    public static TheoryData<string> Names { get; } = WantedScreens.Of(Screens.All.Select(screen => screen.Name));

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Names))]
    public async Task A_page_holds_in_both_themes_at_both_widths(string name)
    {
        Screen screen = Screens.All.Single(s => s.Name == name);
        Visitor visitor = screen.SignedIn ? fixture.Newcomer : fixture.Guest;
        visitor.MissingPage = screen.Missing ? screen.Path : null;
        await visitor.GoAsync(screen.Path);
        // The page of parts shows a skeleton on purpose; elsewhere one that stays is a page that never loads.
        if (screen.Name != "parts") await visitor.IsLoadedAsync();

        IReadOnlyList<string> found = await new Inspection(visitor, name).LookAsync();

        // The browser itself complains of a page whose own answer is 404.
        string[] faults = [.. found.Where(fault => !(screen.Missing && fault.Contains("404", StringComparison.Ordinal)))];
        Assert.Empty(faults);
    }
}
