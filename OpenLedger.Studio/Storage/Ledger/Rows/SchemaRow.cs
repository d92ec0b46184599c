namespace OpenLedger.Studio.Storage.Ledger.Rows;

/// <summary>Which tables this database was made with.</summary>
public sealed class SchemaRow
{
    public const int Only = 1;

    public int Id { get; init; } = Only;

    /// <summary>SHA-256 of the script that makes the tables.</summary>
    public required string Fingerprint { get; init; }
}
