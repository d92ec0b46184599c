namespace OpenLedger.Studio.Tests.Chain;

/// <summary>One running chain for the tests of a class.</summary>
public sealed class ChainFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal ChainHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await ChainHost.StartAsync(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        if (Host is not null) await Host.DisposeAsync();
        _folder.Dispose();
    }
}
