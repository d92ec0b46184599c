using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>A list of checks and what became of them.</summary>
public partial class VerifyList
{
    [Parameter] public RenderFragment? ChildContent { get; set; }
}
