using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>One choice of a wizard as a card; one that cannot be taken is greyed and says why.</summary>
public partial class OptionCard
{
    /// <summary>Joins the cards of one decision.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    [Parameter] public string? Text { get; set; }

    [Parameter] public bool Checked { get; set; }

    [Parameter] public EventCallback<bool> CheckedChanged { get; set; }

    [Parameter] public bool Disabled { get; set; }

    /// <summary>Why it cannot be taken: "Needs 18 GB of memory; this machine has 8 GB."</summary>
    [Parameter] public string? Reason { get; set; }

    /// <summary>Several may be taken.</summary>
    [Parameter] public bool Many { get; set; }

    [Parameter] public RenderFragment? ChildContent { get; set; }

    private Task Change(ChangeEventArgs change) => CheckedChanged.InvokeAsync(change.Value is not false);
}
