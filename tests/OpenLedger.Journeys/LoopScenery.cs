namespace OpenLedger.Journeys;

/// <summary>What else can stand on a page beside the loop: rows that somebody offers, a wish for access, a Datanet that waits for an admin, a file with faults. Paths of the site.</summary>
/// <param name="Story">The loop itself.</param>
/// <param name="Birds">The contributor's, which asks for access; the developer has asked, and has offered rows.</param>
/// <param name="Bread">The contributor's, which waits for an admin.</param>
/// <param name="Faulty">The developer's draft, with a file that has to be mended.</param>
public sealed record LoopScenery(LoopStory Story, string Birds, string Bread, string Faulty)
{
    internal static async Task<LoopScenery> BuildAsync(Cast cast, LoopStory story)
    {
        string birds = await Loop.OfferAsync(cast.Contributor, "Birds in the garden", "What a beginner asks about feeding and nesting.", PracticeRows.Birds(), asksForAccess: true);
        await Loop.AdmitAsync(cast.Admin, "Birds in the garden");
        await AskForAccessAsync(cast.Developer, birds);
        await OfferRowsAsync(cast.Developer, birds);
        string bread = await Loop.OfferAsync(cast.Contributor, "Bread at home", "How dough behaves, and why.", PracticeRows.Bread());
        string faulty = await Loop.CreateAsync(cast.Developer, "Notes of a baker", "Rows that were typed in a hurry.");
        await cast.Developer.ChooseFileAsync("baker.csv", PracticeRows.FaultyBread());
        await cast.Developer.SeeAsync("What each column holds");
        return new(story, birds, bread, faulty);
    }

    private static async Task AskForAccessAsync(Visitor developer, string datanet)
    {
        await developer.GoAsync(datanet);
        await developer.OpenTabAsync("Licence and access");
        await developer.FillAsync("What you want to make of it", "An adviser for people who have just hung up their first feeder.");
        await developer.PressAsync("Ask the owner");
        await developer.SeeAsync("The owner has not answered yet.");
    }

    private static async Task OfferRowsAsync(Visitor developer, string datanet)
    {
        await developer.GoAsync($"{datanet}/upload");
        await developer.ChooseFileAsync("swifts.csv", PracticeRows.OfferedBirds());
        await developer.FillAsync("Note to the owner", "From my own balcony, written down this spring.");
        await developer.PressAsync("Offer these rows");
        await developer.ArriveAsync($"**{datanet}");
    }
}
