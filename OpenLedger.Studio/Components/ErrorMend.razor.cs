using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>An error as a person can use it: what happened, what was kept, and a button that mends it. Never shows a stack trace.</summary>
public partial class ErrorMend
{
    private bool _logShown;

    /// <summary>What happened: "The training stopped at step 61."</summary>
    [Parameter, EditorRequired] public string What { get; set; } = "";

    /// <summary>What was kept: "The checkpoint of step 54 is kept."</summary>
    [Parameter] public string? Kept { get; set; }

    /// <summary>The mending button's words.</summary>
    [Parameter] public string Mend { get; set; } = "Try again";

    [Parameter] public EventCallback OnMend { get; set; }

    /// <summary>Lines for whoever wants them, behind a second button.</summary>
    [Parameter] public string? Log { get; set; }

    [Parameter] public RenderFragment? ChildContent { get; set; }

    private void ToggleLog() => _logShown = !_logShown;
}
