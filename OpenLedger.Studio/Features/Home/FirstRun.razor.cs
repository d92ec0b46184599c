using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Features.Home;

/// <summary>The first page of somebody with nothing recorded yet: the line as a promise, and two ways to begin.</summary>
public partial class FirstRun
{
    [Parameter, EditorRequired] public HomeView View { get; set; } = null!;

    [Parameter] public bool SignedIn { get; set; }
}
