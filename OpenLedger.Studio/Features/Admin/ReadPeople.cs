using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Admin;

/// <summary>Everybody the Studio knows, with how many Datanets each has. Changes nothing.</summary>
public sealed class ReadPeople(Catalogue catalogue)
{
    /// <summary>The last seen first.</summary>
    public IReadOnlyList<KnownPerson> Read() => catalogue.Read(c => (IReadOnlyList<KnownPerson>)
        [.. c.People.All().OrderByDescending(person => person.LastSeen).Select(person => new KnownPerson(person, c.Datanets.Count(datanet => datanet.Owner, person.Address)))]);
}

public sealed record KnownPerson(PersonDocument Person, int Datanets);
