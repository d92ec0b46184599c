using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Storage.Ledger.Rows;

/// <summary>One answered and paid call. The records in full stand in the log; here is what is asked for.</summary>
public sealed class ReceiptRow
{
    /// <summary>Hash of the receipt's canonical JSON.</summary>
    public required string Id { get; init; }

    /// <summary>The account that paid: an address in lower case, or the guests' allowance.</summary>
    public required string Payer { get; init; }

    /// <summary>Who asked: an address in lower case, or a guest's id.</summary>
    public required string Asker { get; init; }

    /// <summary>The catalogue's id of the model that answered.</summary>
    public required string ModelId { get; init; }

    public string? ChatId { get; init; }

    public string? MessageId { get; init; }

    public required int TokensIn { get; init; }

    public required int TokensOut { get; init; }

    public required Wei Fee { get; init; }

    public required Wei PlatformFee { get; init; }

    /// <summary>The receipt, canonical JSON.</summary>
    public required string Json { get; init; }

    /// <summary>The attribution record, canonical JSON.</summary>
    public required string Attribution { get; init; }

    /// <summary>Hash of the attribution record.</summary>
    public required string AttributionId { get; init; }

    /// <summary>Where the receipt stands in the record log; its attribution record follows it.</summary>
    public required long LogSequence { get; init; }

    /// <summary>The payout batch that took it in; none while it waits.</summary>
    public long? Batch { get; set; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Time { get; init; }
}
