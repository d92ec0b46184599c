using Microsoft.Playwright;

namespace OpenLedger.Journeys;

/// <summary>One Studio and one browser for a class of tests.</summary>
public sealed class StudioFixture : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("openledger-journey-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private StudioProcess? _studio;

    public StudioProcess Studio => _studio ?? throw new InvalidOperationException("not started");

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync()
    {
        _studio = await StudioProcess.StartAsync(_data);
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_studio is not null) await _studio.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A person with a browser of their own.</summary>
    public Task<Visitor> VisitAsync(Look look) => Visitor.OpenAsync(Browser, Studio.Address, look);
}
