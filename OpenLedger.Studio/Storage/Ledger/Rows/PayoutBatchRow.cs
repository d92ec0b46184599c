using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Storage.Ledger.Rows;

/// <summary>One settlement: the shares up to a moment, as one Merkle root of cumulative totals.</summary>
public sealed class PayoutBatchRow : IVersioned
{
    /// <summary>1, 2, 3...</summary>
    public required long Number { get; init; }

    /// <summary>The standard Merkle tree's root (Keccak-256), 0x and 64 digits.</summary>
    public required string Root { get; init; }

    /// <summary>Of the records' batch: RFC 6962 root of the attribution records it settles.</summary>
    public required string RecordsRoot { get; init; }

    /// <summary>Hash of the batch's own record, which the distributor's root names.</summary>
    public required string RecordHash { get; set; }

    /// <summary>Attribution records in it.</summary>
    public required int Records { get; init; }

    /// <summary>Leaves of the payout tree.</summary>
    public required int Leaves { get; init; }

    /// <summary>What this batch adds.</summary>
    public required Wei Amount { get; init; }

    /// <summary>What all batches up to this one owe.</summary>
    public required Wei Cumulative { get; init; }

    /// <summary>What guests' answers cost in it: the node deposits so much before the release.</summary>
    public required Wei Cover { get; init; }

    /// <summary>What data availability answered: the commitment to the batch's data.</summary>
    public string? DataCommitment { get; set; }

    public BatchState State { get; private set; } = BatchState.Collected;

    /// <summary>The transaction that set the distributor's root.</summary>
    public string? Transaction { get; set; }

    /// <summary>Unix milliseconds, UTC; as are the other times.</summary>
    public required long Created { get; init; }

    public long? Published { get; set; }

    /// <summary>When its leaves can be claimed.</summary>
    public long? Active { get; set; }

    public long Version { get; set; }

    /// <summary>The one way a batch changes state.</summary>
    /// <exception cref="BatchStateException">No such step.</exception>
    public void MoveTo(BatchState next)
    {
        bool allowed = State switch
        {
            BatchState.Collected => next is BatchState.DataStored,
            BatchState.DataStored => next is BatchState.Recorded,
            BatchState.Recorded => next is BatchState.Published,
            BatchState.Published => false,
        };
        if (!allowed) throw new BatchStateException(Number, State, next);
        State = next;
    }
}

/// <summary>Where a batch stands; a crash in any state goes on from it, as its outbox rows carry fixed keys.</summary>
public enum BatchState
{
    /// <summary>Shares are marked and leaves written, in one write.</summary>
    Collected,

    /// <summary>The records lie in data availability.</summary>
    DataStored,

    /// <summary>The attribution ledger names the batch.</summary>
    Recorded,

    /// <summary>The distributor has money and root.</summary>
    Published,
}

/// <summary>A batch was asked to take a step its state does not have.</summary>
public sealed class BatchStateException(long number, BatchState from, BatchState to) : Exception($"batch {number} is {from} and cannot become {to}");
