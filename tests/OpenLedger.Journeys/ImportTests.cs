using Microsoft.Playwright;
using OpenLedger.Engine.Tests.Hub;

namespace OpenLedger.Journeys;

/// <summary>
/// Brings models in as a person would: looked up on a hub, cut in the middle, tried, chatted with; sent from a browser; removed. Leaves its pictures in <c>.screens</c>.
/// </summary>
[Trait("Kind", "Import")]
[Collection("One Studio at a time")]
public sealed class ImportTests(ImportFixture fixture) : IClassFixture<ImportFixture>
{
    private const string Weights = "model.safetensors";

    private readonly List<string> _found = [];

    [Fact]
    public async Task A_model_is_imported_from_a_hub_that_cuts_it_in_the_middle_and_answers_in_a_chat()
    {
        await using Visitor person = await fixture.ArriveAsync();
        await person.GoAsync("/models");
        await LookAsync(person, "models-before");
        await person.Page.GetByRole(AriaRole.Link, new() { Name = "Import a model" }).First.ClickAsync();
        await person.ArriveAsync("**/models/import");
        await LookAsync(person, "models-import");
        await SeeRefusalAsync(person);
        Assert.DoesNotContain(fixture.Hub.Calls, call => call.Path.EndsWith(Weights, StringComparison.Ordinal));

        string model = await DownloadAsync(person);
        Assert.Contains(fixture.Hub.Calls, call => call.Path == $"/cdn/{Weights}" && call.Range is not null);
        await person.GoAsync(model);
        await person.SeeAsync("What it showed here");
        await LookAsync(person, "models-base");
        await ChatAsync(person, Path.GetFileName(model));

        await RemoveAsync(person, model);
        Assert.Empty(_found);
        Assert.Empty(person.Troubles);
    }

    [Fact]
    public async Task A_model_is_sent_from_the_browser_and_a_pickle_is_refused_before_it_is_sent()
    {
        await using Visitor person = await fixture.ArriveAsync();
        await person.GoAsync("/models/import");
        await person.Page.GetByText("This computer", new() { Exact = true }).ClickAsync();
        ILocator files = person.Page.Locator("input[type=file]:enabled");
        await files.SetInputFilesAsync(new FilePayload { Name = "pytorch_model.bin", MimeType = "application/octet-stream", Buffer = [1, 2, 3] });
        await person.SeeAsync("only as pickle");
        await LookAsync(person, "models-import-refused");
        await files.SetInputFilesAsync(Directory.GetFiles(fixture.Served));
        await person.SeeAsync("4 files are here");
        await person.FillAsync("What it is called here", "Tiny from my laptop");
        await person.FillAsync("Licence", "MIT");
        await LookAsync(person, "models-import-upload");
        await person.PressAsync("Import and try it");
        await person.ArriveAsync("**/models");
        await BaseLink(person, "Tiny from my laptop").WaitForAsync();
        await RemoveAsync(person, (await BaseLink(person, "Tiny from my laptop").GetAttributeAsync("href"))!);
        Assert.Empty(_found);
        Assert.Empty(person.Troubles);
    }

    private async Task SeeRefusalAsync(Visitor person)
    {
        await person.FillAsync("Name on the hub", "someone/nothing-of-the-kind");
        await person.PressAsync("Look it up");
        await person.SeeAsync("Check the spelling");
        await LookAsync(person, "models-import-unknown");
    }

    private async Task<string> DownloadAsync(Visitor person)
    {
        await person.FillAsync("Name on the hub", ImportFixture.Repository);
        await person.PressAsync("Look it up");
        await person.SeeAsync("Free on the disk");
        await LookAsync(person, "models-import-plan");
        TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim pictured = new();
        fixture.Hub.Misbehave(Weights, new HubMisdeed.Cut(150_000, () => { sent.TrySetResult(); pictured.Wait(TimeSpan.FromMinutes(2)); }));
        await person.PressAsync("Start the download");
        await person.ArriveAsync("**/models");
        await sent.Task;
        await person.SeeAsync("model.safetensors: ");
        await LookAsync(person, "models-downloading");
        pictured.Set();
        ILocator link = BaseLink(person, Path.GetFileName(ImportFixture.Repository));
        await link.WaitForAsync();
        await LookAsync(person, "models-after");
        return (await link.GetAttributeAsync("href"))!;
    }

    private static ILocator BaseLink(Visitor person, string name) => person.Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    private static async Task ChatAsync(Visitor person, string model)
    {
        await person.GoAsync($"/chat?model={model}");
        await person.Page.GetByText("Look up passages").ClickAsync();
        await person.SeeAsync("The model answers by itself");
        await person.SetLongestAnswerAsync(20);
        await person.Page.Locator("textarea").First.FillAsync("Hello there");
        await person.Page.Keyboard.PressAsync("Enter");
        await person.SeeAsync("This answer cost");
    }

    private static async Task RemoveAsync(Visitor person, string model)
    {
        await person.GoAsync(model);
        await person.PressAsync("Remove");
        await person.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = new("^Remove ") }).ClickAsync();
        await person.ArriveAsync("**/models");
        await person.SeeAsync("Small open models");
        Assert.Equal(0, await person.Page.Locator($"a[href='{model}']").CountAsync());
    }

    // The page stays open and is turned into each window and theme: what it shows would be lost by opening it again.
    private async Task LookAsync(Visitor person, string name)
    {
        foreach (Look look in Look.All)
        {
            await person.Page.SetViewportSizeAsync(look.Width, look.Height);
            if (await person.Page.EvaluateAsync<string>("() => document.documentElement.dataset.theme") != look.Theme) await person.Page.EvaluateAsync("() => document.querySelector('#theme').click()");
            await person.Page.WaitForFunctionAsync("() => !document.querySelector('main [aria-busy=true]')");
            await person.PictureAsync($"{name}-{look.Width}-{look.Theme}");
            _found.AddRange((await person.FindBarriersAsync()).Select(barrier => $"{name} {look.Width} {look.Theme}: {barrier}"));
            if (await person.SidewaysAsync() is > 0 and int pixels) _found.Add($"{name} {look.Width} {look.Theme}: {pixels} px sideways");
        }
        await person.Page.SetViewportSizeAsync(Look.Wide.Width, Look.Wide.Height);
    }
}
