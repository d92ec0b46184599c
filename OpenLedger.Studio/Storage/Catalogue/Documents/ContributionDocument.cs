using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Records;

namespace OpenLedger.Studio.Storage.Catalogue.Documents;

/// <summary>Rows that somebody offered to a Datanet, and what its owner said to them.</summary>
public sealed record ContributionDocument : CatalogueDocument
{
    public required string DatanetId { get; init; }

    public required Address Contributor { get; init; }

    /// <summary>The upload that holds the rows.</summary>
    public required string UploadId { get; init; }

    public required string FileName { get; init; }

    public required Sha256Hash FileHash { get; init; }

    public required int Rows { get; init; }

    public string Note { get; init; } = "";

    public required ContributionState State { get; init; }

    public string? Reason { get; init; }

    /// <summary>The version that took the rows in.</summary>
    public int? Version { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Created { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public long? Decided { get; init; }
}

/// <summary>Where an offer stands. <c>Waiting -> Accepted | SentBack</c>.</summary>
public enum ContributionState
{
    Waiting,
    Accepted,
    SentBack,
}
