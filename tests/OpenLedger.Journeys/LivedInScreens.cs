using Microsoft.Playwright;

namespace OpenLedger.Journeys;

/// <summary>The pages of a Studio in which the loop was played, each with its data: who looks, and what they open, press and unfold to see it.</summary>
internal static class LivedInScreens
{
    private const string Sample = "/datanets/medquad-sample";
    private const string ShippedModel = "/models/medquad-answers-r16";

    public static IReadOnlyList<LivedInScreen> All { get; } =
    [
        new("lived-home", cast => cast.Contributor, (person, _) => person.GoAsync("/")),
        new("lived-home-developer", cast => cast.Developer, (person, _) => person.GoAsync("/")),
        new("lived-datanets", cast => cast.Developer, (person, _) => person.GoAsync("/datanets")),
        new("lived-datanet-new-refused", cast => cast.Contributor, RefuseNewDatanetAsync),
        new("lived-datanet-rows", cast => cast.Guest, (person, _) => person.GoAsync(Sample)),
        new("lived-datanet-row-open", cast => cast.Guest, OpenRowAsync),
        new("lived-datanet-versions", cast => cast.Contributor, CheckVersionAsync),
        new("lived-datanet-contributors", cast => cast.Guest, (person, _) => OpenTabAsync(person, Sample, "Contributors")),
        new("lived-datanet-offers", cast => cast.Contributor, (person, scenery) => OpenTabAsync(person, scenery.Birds, "Contributors")),
        new("lived-datanet-models", cast => cast.Guest, (person, _) => OpenTabAsync(person, Sample, "Models that used it")),
        new("lived-datanet-access", cast => cast.Contributor, (person, scenery) => OpenTabAsync(person, scenery.Birds, "Licence and access")),
        new("lived-datanet-waiting", cast => cast.Contributor, (person, scenery) => person.GoAsync(scenery.Bread)),
        new("lived-upload-faults", cast => cast.Developer, (person, scenery) => person.GoAsync($"{scenery.Faulty}/upload")),
        new("lived-review", cast => cast.Admin, (person, scenery) => person.GoAsync($"{scenery.Bread}/review")),
        new("lived-factory", cast => cast.Developer, (person, _) => person.GoAsync("/factory")),
        new("lived-factory-train", cast => cast.Developer, OpenWizardAsync),
        new("lived-run-running", cast => cast.Developer, StartRunAsync, StopRunAsync),
        new("lived-run-finished", cast => cast.Developer, (person, scenery) => person.GoAsync(scenery.Story.Run)),
        new("lived-compare", cast => cast.Developer, (person, scenery) => person.GoAsync($"{scenery.Story.Run}/compare")),
        new("lived-models", cast => cast.Guest, (person, _) => person.GoAsync("/models")),
        new("lived-model", cast => cast.Developer, (person, scenery) => person.GoAsync(scenery.Story.Model)),
        new("lived-model-shipped", cast => cast.Guest, (person, _) => person.GoAsync(ShippedModel)),
        new("lived-model-export", cast => cast.Developer, (person, scenery) => person.GoAsync($"{scenery.Story.Model}/export")),
        new("lived-models-combine", cast => cast.Developer, (person, _) => person.GoAsync("/models/combine")),
        new("lived-chat", cast => cast.Guest, (person, scenery) => person.GoAsync(scenery.Story.Chat)),
        new("lived-chat-settings", cast => cast.Guest, OpenSettingsAsync),
        new("lived-chat-cited", cast => cast.Guest, AskShippedAsync),
        new("lived-chat-passage", cast => cast.Guest, OpenPassageAsync),
        new("lived-chat-beside", cast => cast.Guest, CompareAnswersAsync),
        new("lived-chat-nothing", cast => cast.Guest, AskOutsideAsync),
        new("lived-rewards", cast => cast.Contributor, (person, _) => person.GoAsync("/rewards")),
        new("lived-rewards-claim", cast => cast.Contributor, OfferClaimAsync),
        new("lived-rewards-claimed", cast => cast.Developer, (person, _) => person.GoAsync("/rewards")),
        new("lived-trace", cast => cast.Guest, CheckTraceAsync),
        new("lived-trace-list", cast => cast.Guest, (person, _) => person.GoAsync("/trace")),
        new("lived-trace-wallet", cast => cast.Guest, (person, _) => person.GoAsync($"/trace/{TestKey.Developer.Address}")),
        new("lived-find", cast => cast.Guest, (person, _) => person.GoAsync("/find?q=b")),
        new("lived-find-dialog", cast => cast.Guest, OpenFindAsync),
        new("lived-sign-in-wallet", cast => cast.Developer, (person, _) => person.GoAsync("/sign-in")),
        new("lived-admin-approvals", cast => cast.Admin, (person, _) => person.GoAsync("/admin")),
        new("lived-admin-people", cast => cast.Admin, (person, _) => OpenTabAsync(person, "/admin", "People and roles")),
        new("lived-admin-jobs", cast => cast.Admin, (person, _) => OpenTabAsync(person, "/admin", "Jobs")),
        new("lived-admin-chain", cast => cast.Admin, (person, _) => OpenTabAsync(person, "/admin", "Chain and storage")),
        new("lived-admin-shares", cast => cast.Admin, (person, _) => OpenTabAsync(person, "/admin", "Shares and prices")),
    ];

    private static async Task OpenTabAsync(Visitor person, string path, string tab)
    {
        await person.GoAsync(path);
        await person.IsLoadedAsync();
        await person.OpenTabAsync(tab);
    }

    private static async Task RefuseNewDatanetAsync(Visitor person, LoopScenery scenery)
    {
        await person.GoAsync("/datanets/new");
        await person.PressAsync("Create and bring rows");
        await person.Page.Locator("small.bad").First.WaitForAsync();
    }

    private static async Task OpenRowAsync(Visitor person, LoopScenery scenery)
    {
        await person.GoAsync(Sample);
        await person.Page.Locator("td summary").First.ClickAsync();
        await person.SeeAsync("Leaf");
    }

    private static async Task CheckVersionAsync(Visitor person, LoopScenery scenery)
    {
        await OpenTabAsync(person, scenery.Story.Datanet, "Versions");
        await person.PressAsync("Check");
        await person.SeeAsync("Check again");
    }

    private static async Task OpenWizardAsync(Visitor person, LoopScenery scenery)
    {
        await person.GoAsync($"/factory/train?datanet={scenery.Story.DatanetId}");
        await person.Page.GetByText("Expert settings").ClickAsync();
        await person.FillAsync("Rank", "-1");
        await person.Page.GetByText("Single layers, and what else learns").ClickAsync();
        await person.FillAsync("Only these layers", "the first");
        await person.SeeAsync("It cannot start yet");
    }

    private static async Task StartRunAsync(Visitor person, LoopScenery scenery)
    {
        await person.GoAsync($"/factory/train?datanet={scenery.Story.DatanetId}");
        await person.Page.GetByText("Expert settings").ClickAsync();
        await person.FillAsync("Passes", "50");
        await person.FillAsync("Name of the adapter", "Bicycle adviser, thorough");
        await person.PressAsync("Start training");
        await person.ArriveAsync("**/factory/runs/*");
        await person.SeeAsync("Step 2 of");
    }

    // Stopped, or it would take the processors from the pages that follow.
    private static async Task StopRunAsync(Visitor person)
    {
        await person.PressAsync("Stop");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Go on from the last checkpoint" }).WaitForAsync();
    }

    private static async Task OpenSettingsAsync(Visitor person, LoopScenery scenery)
    {
        await person.GoAsync(scenery.Story.Chat);
        await person.PressAsync("Settings of this chat");
        await person.SeeAsync("System prompt");
    }

    private static async Task AskShippedAsync(Visitor person, LoopScenery scenery)
    {
        await person.GoAsync("/chat?model=medquad-answers-r16");
        await person.SetLongestAnswerAsync(60);
        await person.Page.Locator("button.sample").First.ClickAsync();
        await person.Page.Locator(".sources button.cite").First.WaitForAsync();
        await person.SeeAsync("Among contributors");
    }

    private static async Task OpenPassageAsync(Visitor person, LoopScenery scenery)
    {
        await AskShippedAsync(person, scenery);
        await person.Page.Locator(".sources button.cite").First.ClickAsync();
        await person.SeeAsync("Source page");
    }

    private static async Task CompareAnswersAsync(Visitor person, LoopScenery scenery)
    {
        await person.GoAsync("/chat?model=medquad-answers-r16");
        await person.SetLongestAnswerAsync(40);
        await person.PressAsync("Compare with base");
        await person.Page.Locator("button.sample").First.ClickAsync();
        await person.Page.Locator(".beside .answer .figures").Nth(1).WaitForAsync();
    }

    private static async Task AskOutsideAsync(Visitor person, LoopScenery scenery)
    {
        await person.GoAsync("/chat?model=medquad-answers-r16");
        await person.Page.GetByLabel("Your question").FillAsync("Which tyre pressure suits a tandem on gravel?");
        await person.PressAsync("Send");
        await person.SeeAsync("Nothing relevant was found");
    }

    private static async Task OfferClaimAsync(Visitor person, LoopScenery scenery)
    {
        await person.GoAsync("/rewards");
        await person.Page.Locator("section[aria-label='Ready to claim'] button:enabled").ClickAsync();
        await person.SeeAsync("Claimed before");
    }

    private static async Task CheckTraceAsync(Visitor person, LoopScenery scenery)
    {
        await person.GoAsync(scenery.Story.Trace);
        await person.PressAsync("Check everything again");
        await person.Page.Locator(".ver li").First.WaitForAsync();
    }

    private static async Task OpenFindAsync(Visitor person, LoopScenery scenery)
    {
        await person.GoAsync("/trace");
        await person.Page.Locator("body").PressAsync("/");
        await person.SeeAsync("A hash opens its trace.");
    }
}

/// <summary>A page with its data.</summary>
/// <param name="Name">Of its pictures.</param>
/// <param name="Who">Looks at it.</param>
/// <param name="Arrange">Opens it and brings it into the state that is looked at.</param>
/// <param name="After">Puts back what the next page would trip over.</param>
public sealed record LivedInScreen(string Name, Func<Cast, Visitor> Who, Func<Visitor, LoopScenery, Task> Arrange, Func<Visitor, Task>? After = null);
