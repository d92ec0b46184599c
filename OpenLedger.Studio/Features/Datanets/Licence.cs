namespace OpenLedger.Studio.Features.Datanets;

/// <summary>The licences a Datanet can have, and what each lets others do. Knows no Datanet.</summary>
/// <param name="Id">SPDX identifier.</param>
/// <param name="Name">As people write it.</param>
/// <param name="Means">In a few words.</param>
public sealed record Licence(string Id, string Name, string Means)
{
    public static IReadOnlyList<Licence> All { get; } =
    [
        new("CC-BY-4.0", "CC BY 4.0", "use with credit"),
        new("CC0-1.0", "CC0", "use without conditions"),
        new("CC-BY-SA-4.0", "CC BY-SA 4.0", "use with credit, share alike"),
        new("CC-BY-NC-4.0", "CC BY-NC 4.0", "use with credit, not for sale: models that learn from it cannot be published"),
        new("MIT", "MIT", "use with the notice kept"),
        new("Apache-2.0", "Apache 2.0", "use with the notice kept, patents included"),
        new("ODC-By-1.0", "ODC-By", "use of the database with credit"),
    ];

    /// <summary>How a licence's identifier is shown; an unknown one as it is.</summary>
    public static string NameOf(string id) => All.FirstOrDefault(licence => licence.Id.Equals(id, StringComparison.OrdinalIgnoreCase))?.Name ?? LicenceTerms.Of(id).Name ?? id;
}
