using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Adapters;

/// <summary>Whether the licences of what an adapter was made of let its answers be sold. Knows no person.</summary>
public static class SellingRule
{
    /// <summary>Why they may not, and every published answer is sold; null where they may.</summary>
    /// <remarks>An adapter of an earlier release carries its base's licence alone, so the rows' are looked at too.</remarks>
    public static string? ProblemOf(CatalogueReading catalogue, ModelDocument model)
    {
        string[] forbidding = [.. model.DatanetVersionIds.Select(catalogue.Versions.Get).OfType<DatanetVersionDocument>().Select(version => version.Licence)
            .Append(model.Licence).SelectMany(LicenceExpression.Parts).Where(Licence.ForbidsSale).Select(Licence.NameOf).Distinct(StringComparer.OrdinalIgnoreCase)];
        return forbidding.Length == 0 ? null
            : $"What it was made of is under {string.Join(" and ", forbidding)}, which does not allow selling, and every answer of a published model is paid for. It stays yours alone; to publish one, train on rows and a base that may be sold.";
    }
}
