using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Adapters;

/// <summary>What the licences of all that an adapter was made of say about selling its answers. Knows no person.</summary>
/// <remarks>A model without a price of its own has the node's, so that every answer of a published one is paid for: what may not be sold is not published.</remarks>
public static class SellingRule
{
    public static SellingTerms Of(CatalogueReading catalogue, ModelDocument model)
    {
        ILookup<Permission, LicencePart> parts = PartsOf(catalogue, model).ToLookup(part => LicenceTerms.Of(part.Licence).Charge);
        return new([.. parts[Permission.Denied]], [.. parts[Permission.Unsaid]]);
    }

    // An adapter's own expression holds all of them, but for one of an earlier release and for a base whose licence was written down later.
    private static List<LicencePart> PartsOf(CatalogueReading catalogue, ModelDocument model)
    {
        List<LicencePart> parts = [.. model.DatanetVersionIds.Select(catalogue.Versions.Get).OfType<DatanetVersionDocument>().SelectMany(version =>
            Parts(version.Licence, $"the rows of {catalogue.Datanets.Get(version.DatanetId)?.Name ?? version.DatanetId}, version {version.Number}"))];
        if (model.BaseId is string id && catalogue.Models.Get(id) is ModelDocument on) parts.AddRange(Parts(on.Licence, $"the base {on.Name}"));
        return [.. parts, .. Parts(model.Licence, "what it was made of").Where(own => !parts.Exists(part => part.Licence.Equals(own.Licence, StringComparison.OrdinalIgnoreCase)))];
    }

    private static IEnumerable<LicencePart> Parts(string expression, string where) => LicenceExpression.Parts(expression).Select(licence => new LicencePart(licence, where));
}

/// <summary>A licence and what is under it.</summary>
/// <param name="Where">"the base Tiny", "the rows of Birds, version 1".</param>
public sealed record LicencePart(string Licence, string Where)
{
    internal static string Name(IEnumerable<LicencePart> parts) => string.Join(" and ", parts.Select(part => $"{Datanets.Licence.NameOf(part.Licence)} ({part.Where})"));
}

/// <summary>Whether an adapter may be sold.</summary>
/// <param name="Forbidding">What does not allow it.</param>
/// <param name="Unknown">What nobody here knows: whoever publishes has to say that it allows it.</param>
public sealed record SellingTerms(IReadOnlyList<LicencePart> Forbidding, IReadOnlyList<LicencePart> Unknown)
{
    /// <summary>Why it may not be published, or null.</summary>
    public string? Problem => Forbidding.Count == 0 ? null
        : $"What it was made of does not allow selling: {LicencePart.Name(Forbidding)}. Every answer of a published model is paid for, so it stays yours alone; to publish one, train on rows and a base that may be sold.";

    /// <summary>What the publisher has to answer for, or null.</summary>
    public string? Question => Unknown.Count == 0 ? null
        : $"Nobody here knows whether {LicencePart.Name(Unknown)} {(Unknown.Count == 1 ? "allows" : "allow")} selling, and every answer of a published model is paid for. Read what its makers say, then say below that it is allowed.";

    /// <summary>The licences in question, each once.</summary>
    public IReadOnlyList<string> Asked => [.. Unknown.Select(part => part.Licence).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Whether somebody answered for all of them.</summary>
    public bool IsAnswered(IEnumerable<string> vouched) => !Asked.Except(vouched, StringComparer.OrdinalIgnoreCase).Any();
}
