using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>A figure with its small unit and one line of context.</summary>
public partial class StatTile
{
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter, EditorRequired] public string Value { get; set; } = "";

    [Parameter] public string? Unit { get; set; }

    /// <summary>"base 2.412, still falling".</summary>
    [Parameter] public string? Note { get; set; }
}
