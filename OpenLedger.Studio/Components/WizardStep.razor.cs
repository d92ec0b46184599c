using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>One decision of a wizard whose decisions all stand on one page, joined by the line.</summary>
public partial class WizardStep
{
    private readonly string _id = "w" + Guid.NewGuid().ToString("N")[..10];

    [Parameter, EditorRequired] public int Number { get; set; }

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    [Parameter] public string? Text { get; set; }

    /// <summary>Decided: the line goes on solid.</summary>
    [Parameter] public bool Done { get; set; } = true;

    [Parameter] public RenderFragment? ChildContent { get; set; }
}
