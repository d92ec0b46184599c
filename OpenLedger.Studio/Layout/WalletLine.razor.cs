using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Layout;

/// <summary>Who is signed in, and the way out. Signing out is a request of the shell's script, because only a response can drop a cookie.</summary>
public partial class WalletLine
{
    [Parameter, EditorRequired] public Person Person { get; set; } = Person.Visitor;
}
