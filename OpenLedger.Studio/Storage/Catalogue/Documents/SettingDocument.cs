using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Storage.Catalogue.Documents;

/// <summary>One thing an admin set, by name. The feature that reads it knows its meaning and its default.</summary>
public sealed record SettingDocument : CatalogueDocument
{
    public required string Value { get; init; }

    public Address? SetBy { get; init; }

    /// <summary>Unix milliseconds, UTC.</summary>
    public required long Updated { get; init; }
}
