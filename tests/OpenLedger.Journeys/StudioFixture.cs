using Microsoft.Playwright;

namespace OpenLedger.Journeys;

/// <summary>One Studio and one browser for a class of tests: its own data folder, its own free ports for the site and the chain.</summary>
public class StudioFixture : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("openledger-journey-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private StudioProcess? _studio;

    public StudioProcess Studio => _studio ?? throw new InvalidOperationException("not started");

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("not started");

    /// <summary>Configuration of this Studio, as <c>--Name=value</c>.</summary>
    protected virtual IReadOnlyList<string> Settings => [];

    public virtual async ValueTask InitializeAsync()
    {
        _studio = await StudioProcess.StartAsync(_data, [.. Settings]);
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_studio is not null) await _studio.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A person with a browser of their own.</summary>
    public Task<Visitor> VisitAsync(Look look, TestKey? practice = null, InjectedWallet? wallet = null) => Visitor.OpenAsync(Browser, Studio.Address, look, practice, wallet);
}
