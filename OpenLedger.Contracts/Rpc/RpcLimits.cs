namespace OpenLedger.Contracts.Rpc;

/// <summary>How long and how much one answer of a node may be.</summary>
public sealed record RpcLimits
{
    /// <summary>Longest wait for one answer. Default 20 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Largest answer, in bytes. Default 16 MiB.</summary>
    public int MaxBytes { get; init; } = 16 * 1024 * 1024;
}
