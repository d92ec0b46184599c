using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Development;

/// <summary>Where the development chain runs and keeps its state.</summary>
public sealed record DevelopmentChainOptions
{
    /// <summary>Path of the anvil program.</summary>
    public required string Anvil { get; init; }

    /// <summary>Folder for the chain's state and the note about its process.</summary>
    public required string Folder { get; init; }

    /// <summary>Default 161201, as OpenLedger's test network.</summary>
    public ChainId Id { get; init; } = ChainId.Development;

    /// <summary>Local port; 0 takes a free one. Default 0.</summary>
    public int Port { get; init; }

    /// <summary>Memory at which the node is restarted. Default 2 GiB.</summary>
    public long MaxMemoryBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Longest wait for the node to answer after a start. Default 30 s.</summary>
    public TimeSpan StartPatience { get; init; } = TimeSpan.FromSeconds(30);
}
