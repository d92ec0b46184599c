using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>A provider's answer to who may train on a Datanet, and its withdrawal. What was trained before stays trained.</summary>
public sealed class GrantAccess(Catalogue catalogue, TimeProvider time)
{
    public Outcome<AccessRequestDocument> Grant(Person owner, string requestId) => Decide(owner, requestId, AccessState.Granted, null);

    public Outcome<AccessRequestDocument> Refuse(Person owner, string requestId, string reason) =>
        ReviewReason.Fault(reason) is Refusal fault ? fault : Decide(owner, requestId, AccessState.Refused, reason.Trim());

    public Outcome<AccessRequestDocument> Withdraw(Person owner, string requestId) => Decide(owner, requestId, AccessState.Withdrawn, null);

    private Outcome<AccessRequestDocument> Decide(Person owner, string requestId, AccessState next, string? reason) => catalogue.Write<Outcome<AccessRequestDocument>>(c =>
    {
        if (c.AccessRequests.Get(requestId) is not AccessRequestDocument request || c.Datanets.Get(request.DatanetId) is not DatanetDocument datanet) return DatanetRefusals.NotFound;
        if (!DatanetRules.IsOwner(datanet, owner)) return DatanetRefusals.OwnerOnly;
        if (!Follows(request.State, next)) return new Refusal("This request has another answer by now. Load the page again.");
        return c.AccessRequests.Change(requestId, known => known with { State = next, Reason = reason, Decided = time.GetUtcNow().ToUnixTimeMilliseconds() });
    });

    private static bool Follows(AccessState now, AccessState next) => now switch
    {
        AccessState.Asked => next is AccessState.Granted or AccessState.Refused,
        AccessState.Granted => next == AccessState.Withdrawn,
        AccessState.Refused or AccessState.Withdrawn => next == AccessState.Granted, // a provider may think again
    };
}
