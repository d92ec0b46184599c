namespace OpenLedger.Studio.Storage.Ledger.Rows;

/// <summary>How far the node has read one kind of log of one chain, with the hash that shows a reorganisation.</summary>
public sealed class ChainCursorRow : IVersioned
{
    /// <summary>Chain id and what is read: "161201/claims".</summary>
    public required string Name { get; init; }

    public required long Block { get; set; }

    public required string BlockHash { get; set; }

    /// <summary>The reader's own marks, as its JSON: by them it finds its way back when blocks are replaced.</summary>
    public string? Marks { get; set; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Updated { get; set; }

    public long Version { get; set; }
}
