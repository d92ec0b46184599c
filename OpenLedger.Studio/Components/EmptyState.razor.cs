using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>What stands where there is nothing yet: its name, why in one sentence, and the step that fills it.</summary>
public partial class EmptyState
{
    /// <summary>"No rewards yet".</summary>
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>Heading level, 2 or 3, so that no level is skipped.</summary>
    [Parameter] public int Level { get; set; } = 2;

    [Parameter] public bool Thread { get; set; } = true;

    /// <summary>Why it is empty, in one sentence.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <summary>The one step that fills it.</summary>
    [Parameter] public RenderFragment? Actions { get; set; }
}
