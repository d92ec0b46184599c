using System.Globalization;
using System.Numerics;
using Microsoft.Playwright;

namespace OpenLedger.Journeys;

/// <summary>The whole way from rows to coins, played by its people with the real model and a real chain. Waits on what the pages say, never on a clock.</summary>
internal sealed class Loop(Cast cast)
{
    private const string DatanetName = "Care of a bicycle";
    private const string AdapterName = "Bicycle adviser";

    public async Task<LoopStory> PlayAsync()
    {
        string datanet = await OfferAsync(cast.Contributor, DatanetName, "What mechanics are asked most, with short answers.", PracticeRows.Csv());
        await AdmitAsync(cast.Admin, DatanetName);
        await cast.Contributor.UntilAsync(datanet, "td a[href^='/trace/0x']", tab: "Versions");
        (string run, string model) = await TrainAsync(cast.Developer, datanet);
        await PublishAsync(cast.Developer, model);
        (string chat, string trace) = await AskAsync(cast.Guest, model);
        await SettleAsync(cast.Admin);
        (BigInteger before, BigInteger offered, BigInteger after) = await ClaimAsync(cast.Developer);
        (IReadOnlyList<string> passed, IReadOnlyList<string> failed) = await CheckAsync(cast.Guest, trace);
        return new(datanet, run, model, chat, trace, before, offered, after, passed, failed, [.. cast.All.SelectMany(person => person.TakeTroubles())]);
    }

    /// <summary>Creates a Datanet, brings a file of rows and submits it.</summary>
    public static async Task<string> OfferAsync(Visitor contributor, string name, string summary, byte[] csv, bool asksForAccess = false)
    {
        string datanet = await CreateAsync(contributor, name, summary, asksForAccess);
        await contributor.ChooseFileAsync("rows.csv", csv);
        await contributor.PressAsync("Add and submit for review");
        await contributor.SeeAsync("It waits for an admin.");
        return datanet;
    }

    /// <returns>The Datanet's path; the page that is open takes its file.</returns>
    public static async Task<string> CreateAsync(Visitor contributor, string name, string summary, bool asksForAccess = false)
    {
        await contributor.GoAsync("/datanets/new");
        await contributor.FillAsync("Name", name);
        await contributor.FillAsync("Summary", summary);
        if (asksForAccess) await contributor.Page.GetByRole(AriaRole.Switch, new() { Name = "Ask me before somebody trains on it" }).CheckAsync();
        await contributor.PressAsync("Create and bring rows");
        await contributor.ArriveAsync("**/datanets/*/upload");
        return Path.GetDirectoryName(new Uri(contributor.Page.Url).AbsolutePath)!.Replace('\\', '/');
    }

    public static async Task AdmitAsync(Visitor admin, string name)
    {
        await admin.GoAsync("/admin");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = $"Review {name}" }).ClickAsync();
        await admin.PressAsync("Approve and publish");
        await admin.PressAsync("Publish version 1");
        await admin.SeeAsync("Version 1");
    }

    // Two steps of short rows: enough for a curve, a checkpoint and an adapter.
    private static async Task<(string Run, string Model)> TrainAsync(Visitor developer, string datanet)
    {
        await developer.GoAsync($"/factory/train?datanet={Path.GetFileName(datanet)}");
        await developer.Page.GetByText("Expert settings").ClickAsync();
        await developer.FillAsync("Most steps", "2");
        await developer.FillAsync("Name of the adapter", AdapterName);
        await developer.PressAsync("Start training");
        await developer.ArriveAsync("**/factory/runs/*");
        ILocator publish = developer.Page.GetByRole(AriaRole.Link, new() { Name = "Publish this model" });
        await publish.WaitForAsync();
        await developer.Page.Locator("svg[aria-label*='at step 0,']").WaitForAsync(); // the base's loss once stood at step 1
        return (new Uri(developer.Page.Url).AbsolutePath, await publish.GetAttributeAsync("href") ?? throw new InvalidOperationException("The finished training leads to no model."));
    }

    private static async Task PublishAsync(Visitor developer, string model)
    {
        await developer.GoAsync(model);
        await developer.FillAsync("What it is good at", "Answers questions about bicycles.");
        await developer.FillAsync("Price to write 1,000 tokens, in OPEN", "0.5");
        await developer.PressAsync("Publish this model");
        await developer.PressAsync("Publish it");
        await developer.Page.GetByRole(AriaRole.Button, new() { Name = "Save the price" }).WaitForAsync();
        await developer.UntilAsync(model, "dd a[href^='/trace/0x']");
    }

    // A guest's answer is paid for by the node's allowance, so nobody has to fill a balance first.
    private static async Task<(string Chat, string Trace)> AskAsync(Visitor guest, string model)
    {
        await guest.GoAsync($"/chat?model={Path.GetFileName(model)}");
        await guest.SetLongestAnswerAsync(40);
        await guest.Page.Locator("button.sample").First.ClickAsync();
        await guest.Page.Locator(".sources button.cite").First.WaitForAsync();
        await guest.SeeAsync("This answer cost");
        await guest.SeeAsync("Among contributors");
        string? trace = await guest.Page.GetByRole(AriaRole.Link, new() { Name = "Follow every coin" }).GetAttributeAsync("href");
        return (new Uri(guest.Page.Url).AbsolutePath, trace ?? throw new InvalidOperationException("The answer leads to no trace."));
    }

    private static async Task SettleAsync(Visitor admin)
    {
        await admin.GoAsync("/admin");
        await admin.OpenTabAsync("Chain and storage");
        await admin.PressAsync("Settle now");
        await admin.Page.Locator("dd a[href^='/trace/0x']").First.WaitForAsync(); // the page follows by itself
    }

    private static async Task<(BigInteger Before, BigInteger Offered, BigInteger After)> ClaimAsync(Visitor developer)
    {
        await developer.UntilAsync("/rewards", "section[aria-label='Ready to claim'] button:enabled");
        BigInteger before = await HeldAsync(developer);
        await developer.Page.Locator("section[aria-label='Ready to claim'] button:enabled").ClickAsync();
        ILocator dialog = developer.Page.GetByRole(AriaRole.Dialog);
        BigInteger offered = await WeiAsync(dialog.Locator("li.sum data"));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Claim", Exact = true }).ClickAsync();
        await developer.Page.Locator(".chip.ok", new() { HasText = "In the wallet" }).WaitForAsync();
        return (before, offered, await HeldAsync(developer));
    }

    private static Task<BigInteger> HeldAsync(Visitor person) => WeiAsync(person.Page.Locator("dt:text-is('In the wallet') + dd data"));

    private static async Task<BigInteger> WeiAsync(ILocator money) => BigInteger.Parse(await money.GetAttributeAsync("value") ?? "", CultureInfo.InvariantCulture);

    private static async Task<(IReadOnlyList<string> Passed, IReadOnlyList<string> Failed)> CheckAsync(Visitor guest, string trace)
    {
        await guest.GoAsync(trace);
        await guest.PressAsync("Check everything again");
        await guest.Page.Locator(".ver li").First.WaitForAsync();
        return (await guest.Page.Locator(".ver li.pass").AllInnerTextsAsync(), await guest.Page.Locator(".ver li.fail").AllInnerTextsAsync());
    }
}
