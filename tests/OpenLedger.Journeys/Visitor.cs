using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OpenLedger.Journeys;

/// <summary>One person at the Studio: opens pages, signs in, and remembers everything that went wrong on the way.</summary>
public sealed class Visitor : IAsyncDisposable
{
    /// <summary>After how long a journey takes a page for stuck, in milliseconds. No measure of speed: a busy machine of two cores once needed 90 s for two trainings that a quiet one ends in 40.</summary>
    private const float Patience = 300_000;

    private readonly Uri _site;
    private readonly IBrowserContext _context;

    private Visitor(Uri site, IBrowserContext context, IPage page)
    {
        _site = site;
        _context = context;
        Page = page;
        page.Console += (_, message) => { if (message.Type is "error" or "warning" && !message.Text.Contains("status of 429", StringComparison.Ordinal)) Troubles.Add($"console {message.Type}: {message.Text}"); };
        page.PageError += (_, error) => Troubles.Add($"script error: {error}");
        page.Response += (_, response) => { if (response.Status >= 400 && !IsExpected(response)) Troubles.Add($"{response.Status} {response.Url}"); };
        page.Request += (_, request) => { if (new Uri(request.Url) is { Scheme: "http" or "https" } to && to.Authority != _site.Authority) Troubles.Add($"outside request {request.Url}"); };
    }

    public IPage Page { get; }

    /// <summary>Console errors and warnings, script errors, failed and outside requests, in order.</summary>
    public ConcurrentBag<string> Troubles { get; } = [];

    /// <summary>The one request that may answer 404: the page that says so.</summary>
    public string? MissingPage { get; set; }

    /// <param name="browser">Gives this person a profile of their own.</param>
    /// <param name="site">The Studio.</param>
    /// <param name="look">The window and theme to begin with.</param>
    /// <param name="practice">The practice wallet that this browser has already; null where it has none yet.</param>
    /// <param name="wallet">The wallet extension of this browser.</param>
    public static async Task<Visitor> OpenAsync(IBrowser browser, Uri site, Look look, TestKey? practice = null, InjectedWallet? wallet = null)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height }, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        await context.AddCookiesAsync([new Cookie { Name = "theme", Value = look.Theme, Url = site.ToString() }]);
        if (practice is not null) await context.AddInitScriptAsync($"if (location.protocol === 'http:') localStorage.setItem('studio.practice', '{practice.Private}')");
        if (wallet is not null) await wallet.InstallAsync(context);
        return new Visitor(site, context, await context.NewPageAsync());
    }

    /// <summary>Another tab of the same browser.</summary>
    public async Task<Visitor> OpenTabAsync() => new(_site, _context, await _context.NewPageAsync());

    /// <summary>What went wrong since it was taken last.</summary>
    public IReadOnlyList<string> TakeTroubles()
    {
        List<string> taken = [];
        while (Troubles.TryTake(out string? trouble)) taken.Add(trouble);
        return taken;
    }

    /// <summary>Turns the page that is open into another window size and theme, without opening it again: what is typed and unfolded stays.</summary>
    public async Task WearAsync(Look look)
    {
        await Page.SetViewportSizeAsync(look.Width, look.Height);
        if (await Page.EvaluateAsync<string>("() => document.documentElement.dataset.theme") != look.Theme) await Page.EvaluateAsync("() => document.getElementById('theme').click()");
        // Mud's parts follow over the circuit; their ground is dark or light once they have.
        await Page.WaitForFunctionAsync(
            "dark => dark === (parseInt(getComputedStyle(document.documentElement).getPropertyValue('--mud-palette-background').match(/\\d+/)[0]) < 128)", look.Theme == "dark");
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
            await IsLoadedAsync();
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

    /// <summary>Gives the page's drop area a file, once it listens.</summary>
    public Task ChooseFileAsync(string name, byte[] content) =>
        Page.Locator("input[type=file]:enabled").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = content });

    /// <summary>Opens the chat's settings and says how long an answer may be.</summary>
    public async Task SetLongestAnswerAsync(int tokens)
    {
        await PressAsync("Settings of this chat");
        await FillAsync("Longest answer, in tokens", tokens.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await CloseDrawerAsync();
    }

    /// <summary>Presses the cross of the open drawer; the browser closes it and gives the cursor back before anything else can be pressed.</summary>
    public Task CloseDrawerAsync() => PressAsync("Close");

    /// <summary>Presses a button once it is there and enabled.</summary>
    /// <param name="button">Its whole name.</param>
    /// <param name="first">Where several have the name, the first of them.</param>
    public Task PressAsync(string button, bool first = false)
    {
        ILocator named = Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true });
        return (first ? named.First : named).ClickAsync();
    }

    public Task SeeAsync(string text) => Page.GetByText(text).First.WaitForAsync();

    /// <summary>Until the address is this one, in which ** stands for anything and * for anything within a part.</summary>
    /// <remarks>Asked of the page itself again and again: Playwright's own wait for an address looks once and then listens, and a page that changes between the two is waited for in vain.</remarks>
    public async Task ArriveAsync(string address)
    {
        string pattern = $"^{Regex.Escape(address).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$";
        await Page.WaitForFunctionAsync("pattern => new RegExp(pattern).test(location.href)", pattern);
        await Page.WaitForLoadStateAsync();
    }

    public Task IsLiveAsync() => Page.WaitForSelectorAsync("[data-live=true]");

    /// <summary>Opens a page and reads the browser's own clock, which starts with the navigation, the moment the page is live.</summary>
    /// <returns>Milliseconds.</returns>
    public async Task<double> TimeUntilLiveAsync(string path)
    {
        await Page.GotoAsync(new Uri(_site, path).ToString(), new() { WaitUntil = WaitUntilState.Commit });
        return await Page.EvaluateAsync<double>("""
            () => new Promise(done => {
              const look = () => document.querySelector('[data-live=true]') ? done(performance.now()) : requestAnimationFrame(look);
              look();
            })
            """);
    }

    /// <summary>Until no part of the page is a skeleton any more.</summary>
    public Task IsLoadedAsync() => Page.WaitForFunctionAsync("() => !document.querySelector('main [aria-busy=true]')");

    /// <summary>Signs in with a practice wallet of this browser.</summary>
    public Task SignInAsync() => SignInWithAsync("practice wallet");

    /// <param name="wallet">Words of its button.</param>
    public async Task SignInWithAsync(string wallet)
    {
        await GoAsync("/sign-in?back=%2F");
        await PressWalletAsync(wallet);
        await Page.WaitForSelectorAsync(".rail .me", new() { State = WaitForSelectorState.Attached });
        await IsLiveAsync();
    }

    /// <summary>Presses a wallet's button, and again for as long as the Studio says that too many knock: all people of the journeys come from one address.</summary>
    /// <param name="wallet">Words of its button.</param>
    public async Task PressWalletAsync(string wallet)
    {
        do
        {
            await Page.GetByRole(AriaRole.Button, new() { NameRegex = new(wallet) }).ClickAsync();
            await Page.WaitForFunctionAsync("() => !document.querySelector('main button[aria-busy=true]')");
        }
        while (await Page.GetByText("Too many sign-ins").CountAsync() > 0);
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

    /// <summary>Only whether words and controls stand out from their ground: what a theme may break.</summary>
    public async Task<IReadOnlyList<string>> FindPaleAsync()
    {
        AxeResult result = await Page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } });
        return [.. result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}"))];
    }

    /// <summary>The whole page, from its top: taken where it is scrolled to, what sticks stands in the middle of it.</summary>
    public async Task PictureAsync(string name)
    {
        await Page.EvaluateAsync("() => scrollTo(0, 0)");
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Screens, name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private bool IsExpected(IResponse response) => response.Status == 429 || (MissingPage is not null && new Uri(response.Url).PathAndQuery == MissingPage);
}
