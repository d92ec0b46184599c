using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Storage.Catalogue.Documents;

/// <summary>Somebody's wish to train on a Datanet, and its owner's answer.</summary>
public sealed record AccessRequestDocument : CatalogueDocument
{
    public required string DatanetId { get; init; }

    public required Address Requester { get; init; }

    public string Purpose { get; init; } = "";

    public required AccessState State { get; init; }

    public string? Reason { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Created { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public long? Decided { get; init; }

    /// <summary>One request a person and Datanet.</summary>
    public static string IdOf(string datanetId, Address requester) => $"{datanetId}-{requester.Key}";
}

/// <summary>Where a request stands. <c>Asked -> Granted | Refused</c>, and a granted one may be <c>Withdrawn</c>.</summary>
public enum AccessState
{
    Asked,
    Granted,
    Refused,
    Withdrawn,
}
