using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Storage.Catalogue;

/// <summary>The catalogue's collections and their indexes, in one table.</summary>
internal static class CatalogueShapes
{
    public static CollectionShape Datanets { get; } = new("datanets", [nameof(DatanetDocument.Owner), nameof(DatanetDocument.State)], [nameof(DatanetDocument.Tags)]);

    public static CollectionShape Versions { get; } = new("versions", [nameof(DatanetVersionDocument.DatanetId), nameof(DatanetVersionDocument.Root)], []);

    public static CollectionShape Contributions { get; } = new("contributions",
        [nameof(ContributionDocument.DatanetId), nameof(ContributionDocument.Contributor), nameof(ContributionDocument.State)], []);

    public static CollectionShape AccessRequests { get; } = new("accessRequests",
        [nameof(AccessRequestDocument.DatanetId), nameof(AccessRequestDocument.Requester), nameof(AccessRequestDocument.State)], []);

    public static CollectionShape Models { get; } = new("models",
        [nameof(ModelDocument.Kind), nameof(ModelDocument.Owner), nameof(ModelDocument.State), nameof(ModelDocument.BaseId), nameof(ModelDocument.Hash), nameof(ModelDocument.RunId)],
        [nameof(ModelDocument.DatanetIds), nameof(ModelDocument.DatanetVersionIds)]);

    public static CollectionShape Chats { get; } = new("chats", [nameof(ChatDocument.Owner)], []);

    public static CollectionShape People { get; } = new("people", [nameof(PersonDocument.Role)], []);

    public static CollectionShape Settings { get; } = new("settings", [], []);

    public static IReadOnlyList<CollectionShape> All { get; } = [Datanets, Versions, Contributions, AccessRequests, Models, Chats, People, Settings];
}
