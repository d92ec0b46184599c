using LiteDB;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Storage.Catalogue;

/// <summary>The catalogue's collections, inside one write.</summary>
public sealed class CatalogueWriting
{
    internal CatalogueWriting(LiteDatabase database)
    {
        Datanets = new(database, CatalogueShapes.Datanets);
        Versions = new(database, CatalogueShapes.Versions);
        Contributions = new(database, CatalogueShapes.Contributions);
        AccessRequests = new(database, CatalogueShapes.AccessRequests);
        Models = new(database, CatalogueShapes.Models);
        Chats = new(database, CatalogueShapes.Chats);
        People = new(database, CatalogueShapes.People);
        Settings = new(database, CatalogueShapes.Settings);
    }

    public DocumentSet<DatanetDocument> Datanets { get; }

    public DocumentSet<DatanetVersionDocument> Versions { get; }

    public DocumentSet<ContributionDocument> Contributions { get; }

    public DocumentSet<AccessRequestDocument> AccessRequests { get; }

    public DocumentSet<ModelDocument> Models { get; }

    public DocumentSet<ChatDocument> Chats { get; }

    public DocumentSet<PersonDocument> People { get; }

    public DocumentSet<SettingDocument> Settings { get; }
}
