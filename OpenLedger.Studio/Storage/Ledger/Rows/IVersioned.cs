namespace OpenLedger.Studio.Storage.Ledger.Rows;

/// <summary>A row that refuses to be saved over a newer one: its number is the concurrency token, raised at each save.</summary>
public interface IVersioned
{
    long Version { get; set; }
}
