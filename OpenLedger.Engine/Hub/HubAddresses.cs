namespace OpenLedger.Engine.Hub;

/// <summary>Where the public hub API keeps what. Sends nothing.</summary>
internal static class HubAddresses
{
    /// <summary>All about a repository, with the size and hash of every file (<c>blobs=true</c>).</summary>
    public static Uri Listing(Uri hub, HubRepository repository) =>
        new(hub, repository.Revision == "main" ? $"api/models/{repository.Id}?blobs=true" : $"api/models/{repository.Id}/revision/{Uri.EscapeDataString(repository.Revision)}?blobs=true");

    /// <summary>A file's bytes at a commit.</summary>
    public static Uri File(Uri hub, string repository, string revision, string name) => new(hub, $"{repository}/resolve/{Uri.EscapeDataString(revision)}/{Uri.EscapeDataString(name)}");
}
