using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Adapters;

/// <summary>The licence of an adapter: every licence of what went into it, the rows' first. Knows no person.</summary>
public static class AdapterLicence
{
    private const string And = " AND ";

    /// <summary>As an SPDX expression, each once.</summary>
    public static string Of(IEnumerable<string> licences) => string.Join(And, licences.SelectMany(Parts).Distinct(StringComparer.OrdinalIgnoreCase));

    /// <summary>As people write it: "CC BY 4.0 and Apache 2.0".</summary>
    public static string InWords(string expression) => string.Join(" and ", Parts(expression).Select(Licence.NameOf));

    /// <summary>Why its answers may not be sold, and every published answer is; null where they may.</summary>
    /// <remarks>An adapter of an earlier release carries its base's licence alone, so the rows' are looked at too.</remarks>
    public static string? ProblemOf(CatalogueReading catalogue, ModelDocument model)
    {
        string[] forbidding = [.. model.DatanetVersionIds.Select(catalogue.Versions.Get).OfType<DatanetVersionDocument>().Select(version => version.Licence)
            .Append(model.Licence).SelectMany(Parts).Where(Licence.ForbidsSale).Select(Licence.NameOf).Distinct(StringComparer.OrdinalIgnoreCase)];
        return forbidding.Length == 0 ? null
            : $"What it was made of is under {string.Join(" and ", forbidding)}, which does not allow selling, and every answer of a published model is paid for. It stays yours alone; to publish one, train on rows and a base that may be sold.";
    }

    private static string[] Parts(string expression) => expression.Split(And, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
