using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Lets an owner rewrite what is said about a Datanet. Versions that are published keep the licence they were published under.</summary>
public sealed class ChangeDatanet(Catalogue catalogue, TimeProvider time)
{
    public Outcome<DatanetDocument> Change(Person person, string id, DatanetForm form)
    {
        if (catalogue.Read(c => DatanetRules.Find(c, id, person)) is not DatanetDocument datanet) return DatanetRefusals.NotFound;
        if (!DatanetRules.IsOwner(datanet, person)) return DatanetRefusals.OwnerOnly;
        if (form.Fault() is Refusal fault) return fault;
        return catalogue.Write<Outcome<DatanetDocument>>(c => form.Licence != c.Datanets.Require(id).Licence && HasOthersRows(c, datanet)
            ? new Refusal($"Others gave rows to it under {Licence.NameOf(datanet.Licence)}, and only they could give them under another licence. Keep it, and make a Datanet of its own for rows that are yours.", nameof(form.Licence))
            : c.Datanets.Change(id, known => Written(known, form)));
    }

    private DatanetDocument Written(DatanetDocument known, DatanetForm form) => known with
    {
        Name = form.Name.Trim(),
        Summary = form.Summary.Trim(),
        Description = form.Description,
        Tags = form.TagList,
        Licence = form.Licence,
        AsksForAccess = form.AsksForAccess,
        Updated = time.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    // Offered, taken or published: what was sent back is nobody's here.
    private static bool HasOthersRows(CatalogueWriting c, DatanetDocument datanet) =>
        c.Versions.Find(version => version.DatanetId, datanet.Id).Any(version => version.Contributors.Any(one => one.Contributor != datanet.Owner))
        || c.Contributions.Find(offer => offer.DatanetId, datanet.Id).Any(offer => offer.State != ContributionState.SentBack && offer.Contributor != datanet.Owner);
}
