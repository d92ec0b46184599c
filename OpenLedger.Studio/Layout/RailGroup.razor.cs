using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Layout;

/// <summary>A named group of places on the rail.</summary>
public partial class RailGroup
{
    [Parameter] public string? Title { get; set; }

    [Parameter, EditorRequired] public IReadOnlyList<RailLink> Links { get; set; } = [];
}
