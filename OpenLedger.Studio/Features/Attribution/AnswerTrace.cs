using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Serving;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Attribution;

/// <summary>Everything recorded about one answer's coins, from row to transaction. Holds no prompt and no answer: receipts keep those as hashes.</summary>
/// <param name="Model">What answered; null where its document is gone.</param>
/// <param name="Batch">The settlement that took it in; null while it waits.</param>
public sealed record AnswerTrace(
    ReceiptRow Row, InferenceReceipt Receipt, AttributionRecord Attribution, ModelDocument? Model, ModelDocument? Base,
    IReadOnlyList<Strand> Strands, IReadOnlyList<Payee> Payees, PayoutBatchRow? Batch)
{
    /// <summary>Wei that went to rows together.</summary>
    public Wei ForRows => Strands.Aggregate(Wei.Zero, (sum, strand) => sum + strand.Amount);

    public bool IsSettled => Batch?.State == BatchState.Published;
}

/// <summary>One row that earned, and all that leads to it.</summary>
/// <param name="Id">As records name it: Datanet, slash, row.</param>
/// <param name="Reason">Whether it was a passage or a training row.</param>
/// <param name="Score">As measured.</param>
/// <param name="Contributor">Who is paid by it.</param>
/// <param name="ContributorName">What people call them.</param>
/// <param name="Leaf">In its version's tree.</param>
/// <param name="Text">The row itself, where the asker may read it.</param>
/// <param name="Version">The Datanet version that holds it, where it is here.</param>
public sealed record Strand(
    string Id, FeeReason Reason, RawScore? Score, Wei Amount, Address Contributor, string ContributorName, string? Leaf, string Label, DatanetRow? Text,
    DatanetVersionDocument? Version, DatanetDocument? Datanet)
{
    /// <summary>What registered the version's root on the chain, once it is signed.</summary>
    public TxHash? Registered { get; init; }

    /// <summary>The row's id in its Datanet.</summary>
    public string RowId => Id[(Id.IndexOf('/', StringComparison.Ordinal) + 1)..];
}

/// <summary>One address that was paid, with what for.</summary>
public sealed record Payee(Address Address, string Name, Wei Amount);
