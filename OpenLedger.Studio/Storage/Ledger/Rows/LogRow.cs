namespace OpenLedger.Studio.Storage.Ledger.Rows;

/// <summary>One record of the node's append-only log (RFC 6962), signed. Knows nothing of what the record says.</summary>
public sealed class LogRow
{
    /// <summary>0, 1, 2... without a hole.</summary>
    public required long Sequence { get; init; }

    /// <summary>"receipt", "attribution", "batch", "version", "adapter".</summary>
    public required string Kind { get; init; }

    /// <summary>SHA-256 of the canonical JSON: the record's id.</summary>
    public required string Hash { get; init; }

    /// <summary>The record's leaf in the log's tree (RFC 6962): SHA-256 over 0x00 and the canonical JSON.</summary>
    public required string Leaf { get; init; }

    /// <summary>Canonical JSON (RFC 8785).</summary>
    public required string Json { get; init; }

    /// <summary>The node's signature over the canonical JSON, base64.</summary>
    public required string Signature { get; init; }

    /// <summary>The key that signed, by its id.</summary>
    public required string KeyId { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Time { get; init; }
}
