using Microsoft.Playwright;
using OpenLedger.Engine.Tests.Hub;

namespace OpenLedger.Journeys;

/// <summary>A Studio, a browser, and beside them a stand-in hub that has one small model of the LLaMA family.</summary>
public sealed class ImportFixture : IAsyncLifetime
{
    public const string Repository = "someone/tiny-llama-chat";

    private readonly string _folder = Directory.CreateTempSubdirectory("openledger-import-").FullName;
    private StudioProcess? _studio;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private HubStandIn? _hub;

    public HubStandIn Hub => _hub ?? throw new InvalidOperationException("not started");

    /// <summary>The model's files, for other ways in.</summary>
    public string Served => Path.Combine(_folder, "hub");

    public async ValueTask InitializeAsync()
    {
        TinyModelFolder.Write(Served, Path.Combine(Journeys.Repository.Root, "tests", "fixtures", "families", "llama"));
        _hub = await HubStandIn.StartAsync(Repository, Served);
        _studio = await StudioProcess.StartAsync(Path.Combine(_folder, "data"), $"--Studio:Hub:Address={_hub.Address}");
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_studio is not null) await _studio.DisposeAsync();
        if (_hub is not null) await _hub.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A person with a browser of their own, signed in.</summary>
    public async Task<Visitor> ArriveAsync()
    {
        Visitor visitor = await Visitor.OpenAsync(_browser!, _studio!.Address, Look.Wide);
        await visitor.SignInAsync();
        return visitor;
    }
}
