namespace OpenLedger.Studio.Storage.Ledger.Rows;

/// <summary>A sign-in nonce this node gave out: good once, for one domain and chain. Knows nothing of the message it comes back in.</summary>
public sealed class NonceRow
{
    public required string Nonce { get; init; }

    /// <summary>The browser it was given to.</summary>
    public string? Holder { get; init; }

    public required string Domain { get; init; }

    public required long ChainId { get; init; }

    /// <summary>Unix milliseconds, UTC; as are the other times.</summary>
    public required long Created { get; init; }

    public required long Expires { get; init; }

    /// <summary>Taken before the signature is looked at (<c>ExecuteUpdate</c> with <c>Used == null</c> in the condition), so that of many replays one gets on.</summary>
    public long? Used { get; set; }
}
