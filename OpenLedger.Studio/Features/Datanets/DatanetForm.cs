namespace OpenLedger.Studio.Features.Datanets;

/// <summary>What a person writes about a Datanet, and what is wrong with it. Knows no store.</summary>
public sealed record DatanetForm(string Name, string Summary, string Description, string Tags, string Licence, bool AsksForAccess)
{
    public const int LongestName = 80;
    public const int LongestSummary = 200;
    public const int LongestDescription = 8_000;
    private const int ShortestName = 3;
    private const int MostTags = 8;
    private const int LongestTag = 30;

    public static DatanetForm Empty { get; } = new("", "", "", "", Datanets.Licence.All[0].Id, false);

    /// <summary>In lower case, without doubles.</summary>
    public IReadOnlyList<string> TagList =>
        [.. Tags.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(tag => tag.ToLowerInvariant()).Distinct()];

    /// <summary>The first thing to mend, or null.</summary>
    public Refusal? Fault()
    {
        if (Name.Trim().Length is < ShortestName or > LongestName) return new($"A name has {ShortestName} to {LongestName} characters.", nameof(Name));
        if (Summary.Trim().Length is 0 or > LongestSummary) return new($"Say in a sentence what the rows are, in at most {LongestSummary} characters.", nameof(Summary));
        if (Description.Length > LongestDescription) return new($"At most {LongestDescription:N0} characters.", nameof(Description));
        if (TagList.Count > MostTags || TagList.Any(tag => tag.Length > LongestTag)) return new($"At most {MostTags} tags of {LongestTag} characters, with commas between.", nameof(Tags));
        return Datanets.Licence.All.All(licence => licence.Id != Licence) ? new("Choose a licence.", nameof(Licence)) : null;
    }
}
