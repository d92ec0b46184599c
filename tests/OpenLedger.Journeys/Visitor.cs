using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OpenLedger.Journeys;

/// <summary>One person at the Studio: opens pages, signs in, and remembers everything that went wrong on the way.</summary>
public sealed class Visitor : IAsyncDisposable
{
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
