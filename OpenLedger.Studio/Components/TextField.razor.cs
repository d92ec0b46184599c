using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace OpenLedger.Studio.Components;

/// <summary>A field for words: one line, or several.</summary>
public partial class TextField
{
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public bool LabelHidden { get; set; }

    [Parameter] public string? Help { get; set; }

    [Parameter] public string? Error { get; set; }

    [Parameter] public RenderFragment? ErrorAction { get; set; }

    [Parameter] public string? Value { get; set; }

    [Parameter] public EventCallback<string> ValueChanged { get; set; }

    [Parameter] public int Lines { get; set; } = 1;

    /// <summary>Longest text taken, in characters.</summary>
    [Parameter] public int MaxLength { get; set; } = 4000;

    [Parameter] public string? Placeholder { get; set; }

    /// <summary>Reports each key, not only the finished text.</summary>
    [Parameter] public bool Immediate { get; set; }

    [Parameter] public bool Disabled { get; set; }

    [Parameter] public InputType InputType { get; set; } = InputType.Text;

    [Parameter] public EventCallback<KeyboardEventArgs> OnKeyDown { get; set; }
}
