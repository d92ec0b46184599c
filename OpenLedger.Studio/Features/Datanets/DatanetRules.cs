using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Who may do what with a Datanet: the one place where that is decided. Reads nothing but what it is given.</summary>
internal static class DatanetRules
{
    public static bool IsOwner(DatanetDocument datanet, Person person) => person.Address == datanet.Owner;

    /// <summary>What is not published is its owner's and the admins'.</summary>
    public static bool MaySee(DatanetDocument datanet, Person person) => datanet.State switch
    {
        DatanetState.Published => true,
        DatanetState.Draft or DatanetState.WaitingForReview or DatanetState.SentBack => IsOwner(datanet, person) || person.IsAdmin,
    };

    /// <summary>Whether every row may be read, or only a few to judge by.</summary>
    public static bool MayReadRows(CatalogueReading catalogue, DatanetDocument datanet, Person person) =>
        MaySee(datanet, person) && (!datanet.AsksForAccess || person.IsAdmin || HasAccess(catalogue, datanet, person));

    /// <summary>Whether the newest version may be trained on and answered from.</summary>
    public static bool MayTrain(CatalogueReading catalogue, DatanetDocument datanet, Person person) =>
        person.IsSignedIn && datanet is { State: DatanetState.Published, LatestVersion: > 0 } && (!datanet.AsksForAccess || HasAccess(catalogue, datanet, person));

    /// <summary>The Datanet, if this person may see it.</summary>
    public static DatanetDocument? Find(CatalogueReading catalogue, string id, Person person) =>
        catalogue.Datanets.Get(id) is DatanetDocument datanet && MaySee(datanet, person) ? datanet : null;

    private static bool HasAccess(CatalogueReading catalogue, DatanetDocument datanet, Person person) =>
        IsOwner(datanet, person)
        || (person.Address is Contracts.Values.Address address
            && catalogue.AccessRequests.Get(AccessRequestDocument.IdOf(datanet.Id, address))?.State == AccessState.Granted);
}
