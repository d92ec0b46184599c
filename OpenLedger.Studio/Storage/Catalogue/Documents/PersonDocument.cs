using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Storage.Catalogue.Documents;

/// <summary>Somebody who has signed in, or whom a Datanet names. The id is the address in lower case.</summary>
public sealed record PersonDocument : CatalogueDocument
{
    public required Address Address { get; init; }

    public required PersonRole Role { get; init; }

    /// <summary>Chosen by the person, or by the Datanet that names them.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Where the person can be found, for a named institution.</summary>
    public string? Url { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long FirstSeen { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long LastSeen { get; init; }

    public static string IdOf(Address address) => address.Key;
}

public enum PersonRole
{
    Member,
    Admin,
}
