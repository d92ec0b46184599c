using LiteDB;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Storage.Catalogue;

/// <summary>The catalogue's collections, to ask.</summary>
public sealed class CatalogueReading
{
    internal CatalogueReading(LiteDatabase database)
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

    public DocumentQuery<DatanetDocument> Datanets { get; }

    public DocumentQuery<DatanetVersionDocument> Versions { get; }

    public DocumentQuery<ContributionDocument> Contributions { get; }

    public DocumentQuery<AccessRequestDocument> AccessRequests { get; }

    public DocumentQuery<ModelDocument> Models { get; }

    public DocumentQuery<ChatDocument> Chats { get; }

    public DocumentQuery<PersonDocument> People { get; }

    public DocumentQuery<SettingDocument> Settings { get; }
}
