using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Hub;

/// <summary>A repository's name on a hub, and which state of it. Knows nothing of what is in it.</summary>
public sealed partial record HubRepository
{
    private HubRepository(string id, string revision) => (Id, Revision) = (id, revision);

    /// <summary>"owner/name", or "name" for the oldest ones.</summary>
    public string Id { get; }

    /// <summary>A branch, a tag or a commit. Default "main".</summary>
    public string Revision { get; init; }

    /// <summary>Reads "owner/name", "owner/name@revision" or the address of its page as copied from a browser; null for anything else.</summary>
    public static HubRepository? TryParse(string? text, Uri hub)
    {
        string name = (text ?? "").Trim();
        string site = hub.Authority + "/";
        int at = name.IndexOf(site, StringComparison.OrdinalIgnoreCase);
        if (at >= 0) name = name[(at + site.Length)..].TrimEnd('/');
        Match match = Name().Match(name);
        if (!match.Success) return null;
        string revision = match.Groups["revision"].Value;
        return revision.Contains("..", StringComparison.Ordinal) || match.Groups["id"].Value.Contains("..", StringComparison.Ordinal) ? null
            : new(match.Groups["id"].Value, revision.Length == 0 ? "main" : revision);
    }

    public override string ToString() => Revision == "main" ? Id : $"{Id}@{Revision}";

    // What the public hub allows in names; a page's address goes on with /tree/REVISION.
    [GeneratedRegex(@"\A(?<id>(?:[A-Za-z0-9][\w.-]{0,95}/)?[A-Za-z0-9][\w.-]{0,95})(?:(?:@|/tree/)(?<revision>[A-Za-z0-9][\w.-]{0,127}))?\z", RegexOptions.ECMAScript)]
    private static partial Regex Name();
}
