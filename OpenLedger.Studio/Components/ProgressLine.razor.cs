using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>What is being done, how far it is, and the time left in words. An unknown time says so.</summary>
public partial class ProgressLine
{
    /// <summary>"Step 92 of 144".</summary>
    [Parameter, EditorRequired] public string What { get; set; } = "";

    /// <summary>0 to 100, or null while it is not known.</summary>
    [Parameter] public int? Percent { get; set; }

    /// <summary>"about 7 min left".</summary>
    [Parameter] public string? Left { get; set; }
}
