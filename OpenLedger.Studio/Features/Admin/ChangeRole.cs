using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Admin;

/// <summary>Makes a person an admin or a member. Never leaves the Studio without an admin.</summary>
public sealed class ChangeRole(Catalogue catalogue)
{
    /// <param name="id">The person's address in lower case.</param>
    /// <param name="role">What they become.</param>
    /// <param name="by">Who says so.</param>
    public RoleChange Change(string id, PersonRole role, Person by) => !by.IsAdmin ? RoleChange.NotAllowed : catalogue.Write(c =>
    {
        if (c.People.Get(id) is not PersonDocument person) return RoleChange.NotThere;
        bool lastAdmin = person.Role == PersonRole.Admin && role != PersonRole.Admin && c.People.Count(one => one.Role, PersonRole.Admin) == 1;
        if (lastAdmin) return RoleChange.LastAdmin;
        c.People.Put(person with { Role = role });
        return RoleChange.Done;
    });
}

/// <summary>What became of a change of role.</summary>
public enum RoleChange
{
    Done,
    NotAllowed,
    NotThere,

    /// <summary>Nobody would be left to undo it.</summary>
    LastAdmin,
}
