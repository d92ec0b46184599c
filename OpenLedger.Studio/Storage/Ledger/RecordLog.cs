using System.Text;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Storage.Ledger;

/// <summary>Appends signed records to the node's one log (RFC 6962), inside the write that makes them. Knows nothing of what they say.</summary>
public sealed class RecordLog(NodeKey key, TimeProvider time)
{
    /// <summary>Adds the record at the log's end, or finds it where it stands: the same bytes are one record.</summary>
    /// <param name="db">Of the write that the record belongs to: both are kept, or neither.</param>
    /// <param name="kind">"receipt", "attribution", "batch", "version", "adapter".</param>
    /// <param name="record">Anything that canonical JSON can hold.</param>
    public LogRow Append<T>(LedgerContext db, string kind, T record) => AppendText(db, kind, CanonicalJson.SerializeToUtf8(record));

    /// <inheritdoc cref="Append{T}"/>
    public LogRow AppendText(LedgerContext db, string kind, byte[] canonical)
    {
        string hash = Sha256Hash.Of(canonical).Hex;
        if (db.Log.Local.FirstOrDefault(row => row.Hash == hash) is LogRow pending) return pending;
        if (db.Log.FirstOrDefault(row => row.Hash == hash) is LogRow known) return known;
        NodeSignature signature = key.Sign(canonical);
        LogRow added = new()
        {
            Sequence = Next(db),
            Kind = kind,
            Hash = hash,
            Leaf = MerkleTree.LeafOf(canonical).Hex,
            Json = Encoding.UTF8.GetString(canonical),
            Signature = signature.Value,
            KeyId = signature.KeyId.Hex,
            Time = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        db.Log.Add(added);
        return added;
    }

    private static long Next(LedgerContext db)
    {
        long stored = db.Log.Max(row => (long?)row.Sequence) ?? -1;
        return db.Log.Local.Select(row => row.Sequence).Append(stored).Max() + 1;
    }
}
