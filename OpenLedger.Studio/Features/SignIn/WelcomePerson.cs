using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.SignIn;

/// <summary>Writes down who signed in and what they are: named admins are admins, others keep their role, and on a practice chain without an admin the first to come is one.</summary>
public sealed class WelcomePerson(Catalogue catalogue, SignInOptions options, TimeProvider clock)
{
    /// <returns>Whether this wallet is an admin.</returns>
    public bool Welcome(Address address)
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return catalogue.Write(c =>
        {
            PersonDocument? known = c.People.Get(PersonDocument.IdOf(address));
            PersonRole role = RoleOf(address, known, anyAdmin: c.People.Count(person => person.Role, PersonRole.Admin) > 0);
            c.People.Put(known is null
                ? new PersonDocument { Id = PersonDocument.IdOf(address), Address = address, Role = role, FirstSeen = now, LastSeen = now }
                : known with { Role = role, LastSeen = now });
            return role == PersonRole.Admin;
        });
    }

    private PersonRole RoleOf(Address address, PersonDocument? known, bool anyAdmin)
    {
        if (options.Admins.Contains(address)) return PersonRole.Admin;
        bool firstOnPractice = !anyAdmin && options.Admins.Count == 0 && options.IsDevelopmentChain;
        return firstOnPractice ? PersonRole.Admin : known?.Role ?? PersonRole.Member;
    }
}
