namespace OpenLedger.Studio.Features.Datanets;

/// <summary>The licences of what went into one thing, all of which hold: SPDX identifiers joined by AND. Knows no model.</summary>
public static class LicenceExpression
{
    private const string And = " AND ";

    /// <summary>Each once, in the order given.</summary>
    public static string Of(IEnumerable<string> licences) => string.Join(And, licences.SelectMany(Parts).Distinct(StringComparer.OrdinalIgnoreCase));

    /// <summary>As people write it: "CC BY 4.0 and Apache 2.0".</summary>
    public static string InWords(string expression) => string.Join(" and ", Parts(expression).Select(Licence.NameOf));

    /// <summary>What each of them lets people do: "Apache 2.0: may be trained on and sold, with credit. Gemma terms: …"; of a single one without its name.</summary>
    public static string TermsInWords(string expression) => Parts(expression) is { Count: > 1 } parts
        ? string.Join(". ", parts.Select(licence => $"{Licence.NameOf(licence)}: {LicenceTerms.Of(licence).InWords}"))
        : LicenceTerms.Of(expression).InWords;

    public static IReadOnlyList<string> Parts(string expression) => expression.Split(And, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
