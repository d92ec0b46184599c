using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Layout;

/// <summary>What stands in place of a page that this person may not see, and the way on.</summary>
public partial class SignInFirst
{
    [Parameter] public Person Person { get; set; } = Person.Visitor;

    [Inject] private NavigationManager Navigation { get; set; } = null!;
}
