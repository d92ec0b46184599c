using System.Globalization;
using System.Numerics;
using Microsoft.Playwright;

namespace OpenLedger.Journeys;

/// <summary>
/// Goes the whole way from rows to coins as the people who would: a contributor, a developer, an admin and a guest, each in a browser of their own, with the real model and a real chain.
/// <c>dotnet run --project tests/OpenLedger.Journeys -c Release -- -trait Kind=Loop -explicit on</c>
/// </summary>
[Trait("Kind", "Loop")]
[Collection("One Studio at a time")]
public sealed class LoopTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    private const string DatanetName = "Care of a bicycle";
    private const string AdapterName = "Bicycle adviser";

    [Fact(Explicit = true)] // minutes long, so a command of its own
    public async Task Rows_become_a_model_whose_answers_pay_and_the_coins_arrive_and_can_be_traced()
    {
        await using Visitor admin = await ArriveAsync(), contributor = await ArriveAsync(), developer = await ArriveAsync(), guest = await fixture.VisitAsync(Look.Wide);

        string datanet = await OfferRowsAsync(contributor);
        await AdmitAsync(admin);
        await contributor.UntilAsync(datanet, "td a[href^='/trace/0x']", tab: "Versions");

        string model = await PublishAsync(developer, await TrainAsync(developer, datanet));
        string answer = await AskAsync(guest, model);

        await SettleAsync(admin);
        await ClaimAsync(developer);
        await CheckAsync(guest, answer);

        Assert.Empty(new[] { admin, contributor, developer, guest }.SelectMany(person => person.Troubles));
    }

    // The first wallet on the development chain becomes admin: so the admin comes first.
    private async Task<Visitor> ArriveAsync()
    {
        Visitor person = await fixture.VisitAsync(Look.Wide);
        await person.SignInAsync();
        return person;
    }

    private static async Task<string> OfferRowsAsync(Visitor contributor)
    {
        await contributor.GoAsync("/datanets/new");
        await contributor.FillAsync("Name", DatanetName);
        await contributor.FillAsync("Summary", "What mechanics are asked most, with short answers.");
        await contributor.PressAsync("Create and bring rows");
        await contributor.ArriveAsync("**/datanets/*/upload");
        await contributor.Page.Locator("input[type=file]:enabled").SetInputFilesAsync(new FilePayload { Name = "bicycles.csv", MimeType = "text/csv", Buffer = PracticeRows.Csv() });
        await contributor.PressAsync("Add and submit for review");
        await contributor.SeeAsync("It waits for an admin.");
        return new Uri(contributor.Page.Url).AbsolutePath;
    }

    private static async Task AdmitAsync(Visitor admin)
    {
        await admin.GoAsync("/admin");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = $"Review {DatanetName}" }).ClickAsync();
        await admin.PressAsync("Approve and publish");
        await admin.PressAsync("Publish version 1");
        await admin.SeeAsync("Version 1");
    }

    private static async Task<string> TrainAsync(Visitor developer, string datanet)
    {
        await developer.GoAsync($"/factory/train?datanet={Path.GetFileName(datanet)}");
        await developer.Page.GetByText("Expert settings").ClickAsync();
        await developer.FillAsync("Most steps", "2");
        await developer.FillAsync("Name of the adapter", AdapterName);
        await developer.PressAsync("Start training");
        await developer.ArriveAsync("**/factory/runs/*");
        ILocator publish = developer.Page.GetByRole(AriaRole.Link, new() { Name = "Publish this model" });
        await publish.WaitForAsync(new() { Timeout = Visitor.LongWork });
        return await publish.GetAttributeAsync("href") ?? throw new InvalidOperationException("The finished training leads to no model.");
    }

    private static async Task<string> PublishAsync(Visitor developer, string model)
    {
        await developer.GoAsync(model);
        await developer.FillAsync("What it is good at", "Answers questions about bicycles.");
        await developer.FillAsync("Price to write 1,000 tokens, in OPEN", "0.5");
        await developer.PressAsync("Publish this model");
        await developer.Page.GetByRole(AriaRole.Button, new() { Name = "Save the price" }).WaitForAsync();
        await developer.UntilAsync(model, "dd a[href^='/trace/0x']");
        return Path.GetFileName(model);
    }

    // A guest's answer is paid for by the node's allowance, so nobody has to fill a balance first.
    private static async Task<string> AskAsync(Visitor guest, string model)
    {
        await guest.GoAsync($"/chat?model={model}");
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Settings of this chat" }).ClickAsync();
        await guest.FillAsync("Longest answer, in tokens", "40");
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await guest.Page.Locator("button.sample").First.ClickAsync();
        await guest.Page.Locator(".sources button.cite").First.WaitForAsync(new() { Timeout = Visitor.LongWork });
        await guest.SeeAsync("This answer cost");
        await guest.SeeAsync("Among contributors");
        return await guest.Page.GetByRole(AriaRole.Link, new() { Name = "Follow every coin" }).GetAttributeAsync("href") ?? throw new InvalidOperationException("The answer leads to no trace.");
    }

    private static async Task SettleAsync(Visitor admin)
    {
        await admin.GoAsync("/admin");
        await admin.OpenTabAsync("Chain and storage");
        await admin.PressAsync("Settle now");
        await admin.UntilAsync("/admin", "dd a[href^='/trace/0x']", tab: "Chain and storage");
    }

    private static async Task ClaimAsync(Visitor developer)
    {
        await developer.UntilAsync("/rewards", "section[aria-label='Ready to claim'] button:enabled");
        BigInteger before = await HeldAsync(developer);
        await developer.Page.Locator("section[aria-label='Ready to claim'] button:enabled").ClickAsync();
        await developer.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Claim", Exact = true }).ClickAsync();
        await developer.Page.Locator(".chip.ok", new() { HasText = "In the wallet" }).WaitForAsync(new() { Timeout = Visitor.LongWork });
        Assert.True(await HeldAsync(developer) > before, "The claim is booked, but the wallet holds no more than before.");
    }

    private static async Task<BigInteger> HeldAsync(Visitor person) =>
        BigInteger.Parse(await person.Page.Locator("dt:text-is('In the wallet') + dd data").GetAttributeAsync("value") ?? "", CultureInfo.InvariantCulture);

    private static async Task CheckAsync(Visitor guest, string answer)
    {
        await guest.GoAsync(answer);
        await guest.PressAsync("Check everything again");
        await guest.Page.Locator(".ver li").First.WaitForAsync(new() { Timeout = Visitor.LongWork });
        Assert.NotEmpty(await guest.Page.Locator(".ver li.pass").AllInnerTextsAsync());
        Assert.Empty(await guest.Page.Locator(".ver li.fail").AllInnerTextsAsync());
    }
}
