using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>Whose a chat is, which models may answer in it and which Datanets may be looked up. Reads nothing but what it is given.</summary>
internal static class ChatAccess
{
    public static ChatDocument? Find(CatalogueReading c, string id, ChatAsker asker) => c.Chats.Get(id) is ChatDocument chat && asker.Owns(chat.Owner) ? chat : null;

    public static ModelDocument? Model(CatalogueReading c, string id, ChatAsker asker) => AdapterRules.Find(c, id, asker.Person);

    /// <summary>Looking up shows rows, so it takes the right to read them.</summary>
    public static bool MayLookUp(CatalogueReading c, DatanetDocument datanet, ChatAsker asker) => datanet.LatestVersion > 0 && DatanetRules.MayReadRows(c, datanet, asker.Person);
}
