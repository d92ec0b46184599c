namespace OpenLedger.Studio.Storage.Ledger.Rows;

/// <summary>Something this node owes the outside world, written with the reason for it and sent later. Knows nothing of how it is sent.</summary>
public sealed class OutboxRow : IVersioned
{
    /// <summary>Order of writing, which is the order of sending.</summary>
    public long Id { get; init; }

    /// <summary>Unique: the same act is written once, however often it is asked for.</summary>
    public required string Key { get; init; }

    /// <summary>Which sender takes it.</summary>
    public required string Kind { get; init; }

    /// <summary>What to send, as JSON of its kind.</summary>
    public required string Payload { get; init; }

    public OutboxState State { get; private set; } = OutboxState.Waiting;

    /// <summary>The signed bytes, kept before they are broadcast: what is sent again is the same transaction.</summary>
    public string? RawTransaction { get; set; }

    public string? TransactionHash { get; set; }

    public long? Nonce { get; set; }

    public long? Block { get; set; }

    /// <summary>What came back, as JSON of its kind.</summary>
    public string? Result { get; set; }

    public string? Error { get; set; }

    public int Attempts { get; set; }

    /// <summary>Unix milliseconds, UTC; as are the other times.</summary>
    public required long Created { get; init; }

    public long Updated { get; set; }

    public long Version { get; set; }

    /// <summary>The one way a row changes state.</summary>
    /// <exception cref="OutboxStateException">No such step.</exception>
    public void MoveTo(OutboxState next)
    {
        bool allowed = State switch
        {
            OutboxState.Waiting => true,
            OutboxState.Signed => next is not OutboxState.Signed,
            OutboxState.Sent => next is not OutboxState.Signed,
            OutboxState.Failed => next is OutboxState.Waiting, // tried again by a person
            OutboxState.Done => next is OutboxState.Waiting, // the block that held it is gone
        };
        if (!allowed) throw new OutboxStateException(Key, State, next);
        State = next;
    }
}

/// <summary>Where an outbox row stands. <c>Waiting -> Signed -> Sent -> Done | Failed</c>; what needs no transaction goes from Waiting to Done.</summary>
public enum OutboxState
{
    Waiting,

    /// <summary>Bytes, hash and nonce are kept; nothing is known to be broadcast.</summary>
    Signed,

    Sent,

    Done,

    Failed,
}

/// <summary>An outbox row was asked to take a step its state does not have.</summary>
public sealed class OutboxStateException(string key, OutboxState from, OutboxState to) : Exception($"outbox row '{key}' is {from} and cannot become {to}");
