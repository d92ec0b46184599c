using OpenLedger.Engine.Attribution;
using OpenLedger.Engine.Records;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>All that is booked when an answer is done: its receipt, its attribution and who pays. Knows nothing of accounts' balances.</summary>
public sealed record ChargedCall
{
    /// <summary>The receipt's canonical JSON.</summary>
    public required string Receipt { get; init; }

    /// <summary>Its hash.</summary>
    public required Sha256Hash ReceiptId { get; init; }

    public required AttributionRecord Attribution { get; init; }

    public required FeeSplit Split { get; init; }

    /// <summary>The account to pay where no hold is open: an address in lower case, or <see cref="Accounts.Guests"/>.</summary>
    public required string Payer { get; init; }

    /// <summary>Who asked: an address in lower case, or a guest's id.</summary>
    public required string Asker { get; init; }

    /// <summary>What was set aside for the answer.</summary>
    public string? HoldId { get; init; }

    /// <summary>The catalogue's id of the model that answered.</summary>
    public required string ModelId { get; init; }

    public string? ChatId { get; init; }

    public string? MessageId { get; init; }

    public required int TokensIn { get; init; }

    public required int TokensOut { get; init; }

    /// <summary>Where each row of the split comes from, by the row's id in it.</summary>
    public IReadOnlyDictionary<string, RowOrigin> Rows { get; init; } = new Dictionary<string, RowOrigin>();

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Time { get; init; }
}

/// <summary>Where a row that earned can be found again.</summary>
/// <param name="Leaf">In its version's tree.</param>
/// <param name="Label">Its first words.</param>
public sealed record RowOrigin(string DatanetId, Sha256Hash Leaf, string Label);
