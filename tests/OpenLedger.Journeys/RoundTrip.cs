using Microsoft.Playwright;
using OpenLedger.Engine.Tests.Hub;

namespace OpenLedger.Journeys;

/// <summary>The stations of a model's way round, each played on the pages as a person would. Waits on what they say, never on a clock; judges nothing.</summary>
internal sealed class RoundTrip(Visitor person, ImportFixture fixture)
{
    private const string Weights = "model.safetensors";
    private const int Cut = 150_000; // bytes, about the middle

    /// <summary>Downloads the hub's model, whose connection breaks once on the way.</summary>
    /// <returns>The base's path.</returns>
    public async Task<string> ImportAsync()
    {
        await person.GoAsync("/models/import");
        await person.FillAsync("Name on the hub", ImportFixture.Repository);
        await person.PressAsync("Look it up");
        fixture.Hub.Misbehave(Weights, new HubMisdeed.Cut(Cut, () => { }));
        await person.PressAsync("Start the download");
        await person.ArriveAsync("**/models");
        string path = await PathOfAsync(Path.GetFileName(ImportFixture.Repository));
        Assert.Contains(fixture.Hub.Calls, call => call.Path == $"/cdn/{Weights}" && call.Range is not null);
        return path;
    }

    /// <summary>Chooses base, rows and pace, and unfolds what the model will learn from.</summary>
    public async Task PrepareTrainingAsync(string imported)
    {
        await person.GoAsync("/factory/train?datanet=medquad-sample");
        await person.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new(Path.GetFileName(ImportFixture.Repository)) }).CheckAsync();
        await person.Page.GetByText("Expert settings").ClickAsync();
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Switch, new() { Name = "Rows packed" })).ToBeCheckedAsync();
        await person.FillAsync("Learning rate", "0.02"); // a random model has to be pushed before it says something else
        await person.FillAsync("Most steps", "4");
        await person.FillAsync("Name of the adapter", "Tiny, tuned");
        await person.Page.GetByText("What it learns from").ClickAsync();   // the estimate measures each base once
        await person.Page.Locator("figure.learned mark").First.WaitForAsync();
    }

    /// <returns>The run's path, once it is finished.</returns>
    public async Task<string> TrainAsync()
    {
        await person.PressAsync("Start training");
        await person.ArriveAsync("**/factory/runs/*");
        await person.Page.GetByRole(AriaRole.Link, new() { Name = "Publish this model" }).WaitForAsync();
        return new Uri(person.Page.Url).AbsolutePath;
    }

    /// <summary>Sees base and tuned beside each other, and has them measured.</summary>
    /// <returns>The adapter's path.</returns>
    public async Task<string> CompareAsync(string run)
    {
        await person.GoAsync($"{run}/compare");
        await person.PressAsync("Measure");
        await person.SeeAsync("Measured on held-out rows");
        return await person.Page.GetByRole(AriaRole.Link, new() { Name = "Publish this model" }).GetAttributeAsync("href") ?? "";
    }

    /// <returns>The export's files, downloaded.</returns>
    public async Task<string[]> ExportAsync(string tuned, string form)
    {
        await person.GoAsync($"{tuned}/export");
        await person.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^" + System.Text.RegularExpressions.Regex.Escape(form)) }).CheckAsync();
        await person.PressAsync("Export");
        ILocator files = person.Page.Locator("article.card", new() { HasText = form }).Locator("a[download]");
        await files.First.WaitForAsync();
        string folder = Directory.CreateDirectory(Path.Combine(fixture.Downloads, Guid.NewGuid().ToString("N"))).FullName;
        List<string> here = [];
        foreach (ILocator link in await files.AllAsync()) here.Add(await DownloadAsync(link, folder));
        return [.. here];
    }

    /// <returns>The path of the base that the files became.</returns>
    public async Task<string> BringBackAsync(string name, string[] files)
    {
        await person.GoAsync("/models/import");
        await person.Page.GetByText("This computer", new() { Exact = true }).ClickAsync();
        await person.Page.Locator("input[type=file]:enabled").SetInputFilesAsync(files);
        await person.Page.GetByText(new System.Text.RegularExpressions.Regex("(files are|file is) here")).WaitForAsync();
        await person.FillAsync("What it is called here", name);
        await person.PressAsync("Import and try it");
        await person.ArriveAsync("**/models");
        return await PathOfAsync(name);
    }

    /// <returns>The likeliest answer, as it would be copied.</returns>
    public async Task<string> AskAsync(string model, string question)
    {
        await person.GoAsync($"/chat?model={Path.GetFileName(model)}");
        await person.Page.GetByRole(AriaRole.Switch, new() { Name = "Look up passages" }).UncheckAsync();
        await person.PressAsync("Settings of this chat");
        await person.FillAsync("Temperature", "0");
        await person.FillAsync("Longest answer, in tokens", "40");
        await person.CloseDrawerAsync();
        await person.Page.GetByLabel("Your question").FillAsync(question);
        await person.PressAsync("Send");
        await person.Page.Locator(".answer .figures").WaitForAsync();
        return await person.Page.GetByRole(AriaRole.Button, new() { Name = "Copy the answer" }).GetAttributeAsync("data-copy") ?? "";
    }

    private static async Task<string> DownloadAsync(ILocator link, string folder)
    {
        IDownload download = await link.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        string path = Path.Combine(folder, download.SuggestedFilename);
        await download.SaveAsAsync(path);
        return path;
    }

    private async Task<string> PathOfAsync(string name)
    {
        ILocator link = person.Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
        await link.WaitForAsync();
        return await link.GetAttributeAsync("href") ?? "";
    }
}
