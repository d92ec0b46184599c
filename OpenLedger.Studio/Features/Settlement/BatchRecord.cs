using OpenLedger.Engine.Records;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>The sixth stage's record: one settlement, named by the distributor's root. Knows nothing of transactions.</summary>
/// <param name="Number">1, 2, 3...</param>
/// <param name="Parent">Hash of the batch record before; none for the first.</param>
/// <param name="RecordsRoot">RFC 6962 root over the canonical JSON of the attribution records it settles, by time and then hash.</param>
/// <param name="Records">How many.</param>
/// <param name="PayoutRoot">Root of the standard Merkle tree (Keccak-256) over everybody's cumulative amount.</param>
/// <param name="Leaves">Accounts in that tree.</param>
/// <param name="Amount">Wei that this batch adds, as decimal digits.</param>
/// <param name="Cumulative">Wei of all batches up to it, as decimal digits.</param>
/// <param name="Time">UTC, in Unix milliseconds.</param>
/// <param name="Version">The layout of this record.</param>
public sealed record BatchRecord(
    long Number, Sha256Hash? Parent, Sha256Hash RecordsRoot, int Records, string PayoutRoot, int Leaves, string Amount, string Cumulative, long Time, int Version = 1);
