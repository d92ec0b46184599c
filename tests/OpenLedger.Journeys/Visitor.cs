using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OpenLedger.Journeys;

/// <summary>One person at the Studio: opens pages, signs in, and remembers everything that went wrong on the way.</summary>
public sealed class Visitor : IAsyncDisposable
{
    /// <summary>How long a page may take over work of the model or the chain before a journey gives up, in milliseconds.</summary>
    public const float LongWork = 300_000;

    private readonly Uri _site;
    private readonly IBrowserContext _context;

    private Visitor(Uri site, IBrowserContext context, IPage page)
    {
        _site = site;
        _context = context;
        Page = page;
        page.Console += (_, message) => { if (message.Type is "error" or "warning") Troubles.Add($"console {message.Type}: {message.Text}"); };
        page.PageError += (_, error) => Troubles.Add($"script error: {error}");
        page.Response += (_, response) => { if (response.Status >= 400 && !IsExpected(response)) Troubles.Add($"{response.Status} {response.Url}"); };
        page.Request += (_, request) => { if (new Uri(request.Url) is { Scheme: "http" or "https" } to && to.Authority != _site.Authority) Troubles.Add($"outside request {request.Url}"); };
    }

    public IPage Page { get; }

    /// <summary>Console errors and warnings, script errors, failed and outside requests, in order.</summary>
    public ConcurrentBag<string> Troubles { get; } = [];

    /// <summary>The one request that may answer 404: the page that says so.</summary>
    public string? MissingPage { get; set; }

    public static async Task<Visitor> OpenAsync(IBrowser browser, Uri site, Look look)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height }, ReducedMotion = ReducedMotion.Reduce });
        await context.AddCookiesAsync([new Cookie { Name = "theme", Value = look.Theme, Url = site.ToString() }]);
        return new Visitor(site, context, await context.NewPageAsync());
    }

    /// <summary>Opens a page and waits until its circuit is live: a prerendered button does nothing yet.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(new Uri(_site, path).ToString());
        await IsLiveAsync();
    }

    /// <summary>Opens a page again and again until it shows a thing, for pages that do not follow the chain by themselves.</summary>
    public async Task UntilAsync(string path, string selector, string? tab = null)
    {
        const int patience = 100;
        for (int i = 0; i < patience; i++)
        {
            await GoAsync(path);
            await Page.WaitForFunctionAsync("() => !document.querySelector('main [aria-busy=true]')");
            if (tab is not null) await OpenTabAsync(tab);
            if (await Page.Locator(selector).CountAsync() > 0) return;
        }

        throw new TimeoutException($"{path} was opened {patience} times and never showed {selector}.");
    }

    public async Task OpenTabAsync(string name)
    {
        ILocator tab = Page.GetByRole(AriaRole.Tab, new() { Name = name });
        await tab.ClickAsync();
        await Assertions.Expect(tab).ToHaveAttributeAsync("aria-selected", "true");
    }

    /// <summary>Writes into a field and leaves it, which is when the page takes it.</summary>
    public async Task FillAsync(string label, string text)
    {
        ILocator field = Page.GetByLabel(label, new() { Exact = true });
        await field.FillAsync(text);
        await field.BlurAsync();
    }

    /// <summary>Presses a button once it is there and enabled.</summary>
    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync(new() { Timeout = LongWork });

    public Task SeeAsync(string text) => Page.GetByText(text).First.WaitForAsync(new() { Timeout = LongWork });

    public Task ArriveAsync(string address) => Page.WaitForURLAsync(address, new() { Timeout = LongWork });

    public Task IsLiveAsync() => Page.WaitForSelectorAsync("[data-live=true]");

    /// <summary>Signs in with a practice wallet of this browser.</summary>
    public async Task SignInAsync()
    {
        await GoAsync("/sign-in?back=%2F");
        await Page.GetByRole(AriaRole.Button, new() { NameRegex = new("practice wallet") }).ClickAsync();
        await Page.WaitForSelectorAsync(".rail .me", new() { State = WaitForSelectorState.Attached });
        await IsLiveAsync();
    }

    /// <summary>How many pixels the page is wider than its window.</summary>
    public Task<int> SidewaysAsync() => Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");

    /// <summary>Resizes and measures: a layout must hold between the widths it is pictured at too.</summary>
    public async Task<int> SidewaysAtAsync(int width)
    {
        await Page.SetViewportSizeAsync(width, 900);
        return await SidewaysAsync();
    }

    /// <summary>What axe finds against WCAG 2.2 AA and good practice, one line a node.</summary>
    public async Task<IReadOnlyList<string>> FindBarriersAsync()
    {
        AxeResult result = await Page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
        return [.. result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}"))];
    }

    public Task PictureAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Screens, name + ".png"), FullPage = true });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private bool IsExpected(IResponse response) => MissingPage is not null && new Uri(response.Url).PathAndQuery == MissingPage;
}
