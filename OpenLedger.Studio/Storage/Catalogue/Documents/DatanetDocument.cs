using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Storage.Catalogue.Documents;

/// <summary>A Datanet as people see it: what it holds, whose it is, where it stands. Its rows are files, named by its versions.</summary>
public sealed record DatanetDocument : CatalogueDocument
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    /// <summary>Markdown, as typed: sanitised when shown.</summary>
    public string Description { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>SPDX identifier or a short name.</summary>
    public required string Licence { get; init; }

    public required Address Owner { get; init; }

    public required DatanetState State { get; init; }

    /// <summary>Why an admin sent it back.</summary>
    public string? Reason { get; init; }

    /// <summary>Only granted people may train on it.</summary>
    public bool AsksForAccess { get; init; }

    /// <summary>0 until the first version is published.</summary>
    public int LatestVersion { get; init; }

    public int Rows { get; init; }

    public int Contributors { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Created { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Updated { get; init; }
}

/// <summary>Where a Datanet stands. <c>Draft -> WaitingForReview -> Published | SentBack</c>, and <c>SentBack -> WaitingForReview</c>.</summary>
public enum DatanetState
{
    Draft,
    WaitingForReview,
    Published,
    SentBack,
}
