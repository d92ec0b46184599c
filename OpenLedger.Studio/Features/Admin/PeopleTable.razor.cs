using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Admin;

/// <summary>Everybody the Studio knows, with the role each has.</summary>
public partial class PeopleTable
{
    private static readonly PersonRole[] _roles = Enum.GetValues<PersonRole>();

    [Parameter, EditorRequired] public IReadOnlyList<KnownPerson> People { get; set; } = [];

    [Parameter, EditorRequired] public Person Me { get; set; } = Person.Visitor;

    /// <summary>Why the last change was not made.</summary>
    [Parameter] public string? Problem { get; set; }

    [Parameter] public EventCallback<(string Id, PersonRole Role)> OnChange { get; set; }
}
