using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>One strip of three to five figures.</summary>
public partial class StatTiles
{
    [Parameter] public RenderFragment? ChildContent { get; set; }
}
