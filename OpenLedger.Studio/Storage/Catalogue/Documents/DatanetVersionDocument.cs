using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Records;

namespace OpenLedger.Studio.Storage.Catalogue.Documents;

/// <summary>One published, unchanging version of a Datanet, named by its Merkle root.</summary>
public sealed record DatanetVersionDocument : CatalogueDocument
{
    public required string DatanetId { get; init; }

    /// <summary>1, 2, 3...</summary>
    public required int Number { get; init; }

    /// <summary>RFC 6962 root over the rows.</summary>
    public required Sha256Hash Root { get; init; }

    /// <summary>The root of the version before.</summary>
    public Sha256Hash? Parent { get; init; }

    public required int Rows { get; init; }

    public required IReadOnlyList<ContributorCount> Contributors { get; init; }

    /// <summary>SHA-256 of <c>rows.jsonl</c>.</summary>
    public required Sha256Hash FileHash { get; init; }

    public required string Licence { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Created { get; init; }

    public static string IdOf(string datanetId, int number) => $"{datanetId}-{number}";
}

/// <summary>How many rows of a version one address gave.</summary>
public sealed record ContributorCount(Address Contributor, int Rows);
