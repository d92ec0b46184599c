using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Chain;

/// <summary>Which chain the Studio speaks to (configuration <c>Studio:Chain</c>).</summary>
public sealed record ChainOptions
{
    /// <summary>JSON-RPC address of a node. Default none: the app runs a development chain of its own.</summary>
    public Uri? Rpc { get; init; }

    /// <summary>Default 161201.</summary>
    public long Id { get; init; } = ChainId.Development.Value;

    /// <summary>Path of anvil. Default: the one that npm put into contracts-sol.</summary>
    public string? Anvil { get; init; }

    /// <summary>Port of the development chain on 127.0.0.1. Default 0: a free one.</summary>
    public int Port { get; init; }

    /// <summary>Address of an eigenda-proxy. Default none: a folder stands in, and says so.</summary>
    public Uri? EigenDa { get; init; }

    /// <summary>How long a payout root waits before it counts; fixed when the distributor is deployed. Default none on the development chain, 1 hour elsewhere.</summary>
    public TimeSpan? ActivationDelay { get; init; }

    /// <summary>What a wallet is given once on the development chain, in OPEN. Default 100.</summary>
    public long Gift { get; init; } = 100;

    public bool IsDevelopment => Rpc is null;

    public TimeSpan RootDelay => ActivationDelay ?? (IsDevelopment ? TimeSpan.Zero : TimeSpan.FromHours(1));
}
