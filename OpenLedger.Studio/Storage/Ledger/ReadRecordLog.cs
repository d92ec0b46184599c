using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Storage.Ledger;

/// <summary>Finds a record in the log and shows that it stands there unchanged, under the node's signature. Changes nothing.</summary>
public sealed class ReadRecordLog(LedgerReader ledger, NodeKey key)
{
    public Task<LogRow?> FindAsync(Sha256Hash record, CancellationToken cancel) =>
        ledger.ReadAsync(db => db.Log.SingleOrDefaultAsync(row => row.Hash == record.Hex, cancel));

    /// <summary>The record with all that a stranger needs to check it.</summary>
    /// <returns>Nothing where the log does not have it.</returns>
    public async Task<LoggedRecord?> ProveAsync(Sha256Hash record, CancellationToken cancel)
    {
        if (await FindAsync(record, cancel) is not LogRow row) return null;
        List<string> leaves = await ledger.ReadAsync(db => db.Log.OrderBy(one => one.Sequence).Select(one => one.Leaf).ToListAsync(cancel));
        Sha256Hash[] tree = [.. leaves.Select(Sha256Hash.Parse)];
        return new LoggedRecord(row, new NodeSignature(Sha256Hash.Parse(row.KeyId), row.Signature), key.PublicKey, MerkleTree.Prove(tree, (int)row.Sequence), MerkleTree.Root(tree));
    }
}

/// <summary>A record of the log with its signature and its inclusion proof.</summary>
/// <param name="PublicKey">The node's, SubjectPublicKeyInfo in base64.</param>
/// <param name="Root">Of the log as it is now.</param>
public sealed record LoggedRecord(LogRow Row, NodeSignature Signature, string PublicKey, MerkleProof Inclusion, Sha256Hash Root)
{
    /// <summary>The bytes have the hash they are kept under.</summary>
    public bool HashFits => Sha256Hash.Of(Encoding.UTF8.GetBytes(Row.Json)).Hex == Row.Hash;

    public bool SignatureFits => NodeKey.Verify(PublicKey, Encoding.UTF8.GetBytes(Row.Json), Signature);

    public bool IsIncluded => MerkleTree.Verify(MerkleTree.LeafOf(Encoding.UTF8.GetBytes(Row.Json)), Inclusion, Root);
}
