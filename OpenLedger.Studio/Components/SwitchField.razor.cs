using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>Something that is on or off, at once and without a save button.</summary>
public partial class SwitchField
{
    private readonly string _help = $"help-{Guid.NewGuid():N}";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public string? Help { get; set; }

    [Parameter] public bool Value { get; set; }

    [Parameter] public EventCallback<bool> ValueChanged { get; set; }

    [Parameter] public bool Disabled { get; set; }

    private Task Flip(ChangeEventArgs change) => ValueChanged.InvokeAsync(change.Value is true);
}
