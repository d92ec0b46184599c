namespace OpenLedger.Contracts.Tests.Solidity;

/// <summary>One run of all Solidity tests. Compiles anew: an earlier run of chosen tests leaves stubs of the others, which would then pass by not being there.</summary>
public sealed class ForgeRun : IAsyncLifetime
{
    public int ExitCode { get; private set; }

    public string Output { get; private set; } = "";

    public async ValueTask InitializeAsync() => (ExitCode, Output) = await Forge.RunAsync("test", "--force");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
