using OpenLedger.Engine.Tests.Hub;

namespace OpenLedger.Journeys;

/// <summary>A Studio and a browser, and beside them a stand-in hub that has one small model of the LLaMA family.</summary>
public sealed class ImportFixture : StudioFixture
{
    public const string Repository = "someone/tiny-llama-chat";

    private readonly string _folder = Directory.CreateTempSubdirectory("openledger-import-").FullName;
    private HubStandIn? _hub;

    public HubStandIn Hub => _hub ?? throw new InvalidOperationException("not started");

    /// <summary>The model's files, for other ways in.</summary>
    public string Served => Path.Combine(_folder, "hub");

    /// <summary>Where what people take away is put.</summary>
    public string Downloads => Path.Combine(_folder, "downloads");

    protected override IReadOnlyList<string> Settings => [$"--Studio:Hub:Address={Hub.Address}"];

    public override async ValueTask InitializeAsync()
    {
        TinyModelFolder.Write(Served, Path.Combine(Journeys.Repository.Root, "tests", "fixtures", "families", "llama"));
        _hub = await HubStandIn.StartAsync(Repository, Served);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_hub is not null) await _hub.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A person with a browser of their own, signed in.</summary>
    public async Task<Visitor> ArriveAsync()
    {
        Visitor visitor = await VisitAsync(Look.Wide);
        await visitor.SignInAsync();
        return visitor;
    }
}
