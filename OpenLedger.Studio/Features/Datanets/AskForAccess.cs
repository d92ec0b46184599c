using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Asks a provider to let a person train on a Datanet. Asking again after a no is allowed; after a yes it is not needed.</summary>
public sealed class AskForAccess(Catalogue catalogue, TimeProvider time)
{
    private const int LongestPurpose = 500;

    public Outcome<AccessRequestDocument> Ask(Person person, string datanetId, string purpose)
    {
        if (person.Address is not Address requester) return Refusal.SignInFirst;
        if (purpose.Trim().Length is 0 or > LongestPurpose) return new Refusal($"Say in at most {LongestPurpose} characters what you want to make of it.", "Purpose");
        if (catalogue.Read(c => DatanetRules.Find(c, datanetId, person)) is not { State: DatanetState.Published } datanet) return DatanetRefusals.NotFound;
        if (!datanet.AsksForAccess || DatanetRules.IsOwner(datanet, person)) return new Refusal("You may train on this Datanet already.");
        return catalogue.Write<Outcome<AccessRequestDocument>>(c =>
        {
            string id = AccessRequestDocument.IdOf(datanetId, requester);
            if (c.AccessRequests.Get(id) is { State: AccessState.Asked or AccessState.Granted } known) return known;
            AccessRequestDocument request = new()
            {
                Id = id,
                DatanetId = datanetId,
                Requester = requester,
                Purpose = purpose.Trim(),
                State = AccessState.Asked,
                Created = time.GetUtcNow().ToUnixTimeMilliseconds(),
            };
            c.AccessRequests.Put(request);
            return request;
        });
    }
}
