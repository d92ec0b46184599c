using System.Text.Json;
using OpenLedger.Contracts.Actions;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Chain;

/// <summary>Writes down what the node is to do on the chain, in the same write as the reason for it. Knows nothing of sending.</summary>
public static class ChainOutbox
{
    /// <summary>The kind of its rows.</summary>
    public const string Kind = "chain";

    /// <summary>Adds the act unless its key is there.</summary>
    /// <returns>The row, new or from before.</returns>
    public static OutboxRow Add(LedgerContext ledger, string key, ChainAction action, long now)
    {
        OutboxRow? row = ledger.Outbox.Local.FirstOrDefault(one => one.Key == key) ?? ledger.Outbox.FirstOrDefault(one => one.Key == key);
        if (row is not null) return row;
        row = new OutboxRow { Key = key, Kind = Kind, Payload = JsonSerializer.Serialize(action), Created = now, Updated = now };
        ledger.Outbox.Add(row);
        return row;
    }
}
