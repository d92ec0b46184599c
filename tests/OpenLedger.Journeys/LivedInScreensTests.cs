namespace OpenLedger.Journeys;

/// <summary>Looks at every page as it is once the loop was played: signed in, with data. The variable SCREENS names a few of them.</summary>
[Trait("Kind", "Screens")]
[Collection(AfterTheLoop.Name)]
public sealed class LivedInScreensTests(LoopFixture loop)
{
    public static TheoryData<string> Names { get; } = WantedScreens.Of(LivedInScreens.All.Select(screen => screen.Name));

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Names))]
    public async Task A_page_with_data_holds_in_both_themes_at_both_widths(string name)
    {
        LivedInScreen screen = LivedInScreens.All.Single(s => s.Name == name);
        LoopScenery scenery = await loop.DressedAsync();
        Visitor person = screen.Who(await loop.CastAsync());
        person.TakeTroubles();
        await screen.Arrange(person, scenery);
        await person.IsLoadedAsync();

        IReadOnlyList<string> found = await new Inspection(person, name).LookAsync();

        if (screen.After is not null) await screen.After(person);
        Assert.Empty(found);
    }
}
