using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>A label above, a control, and its help or error under it, joined for screen readers. Knows no kind of control.</summary>
public partial class Field
{
    private readonly string _id = "f" + Guid.NewGuid().ToString("N")[..10];

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>Said to screen readers only, where the surroundings name it.</summary>
    [Parameter] public bool LabelHidden { get; set; }

    [Parameter] public string? Help { get; set; }

    /// <summary>What is wrong and how to mend it; stands in place of the help.</summary>
    [Parameter] public string? Error { get; set; }

    /// <summary>A small button that mends it.</summary>
    [Parameter] public RenderFragment? ErrorAction { get; set; }

    [Parameter] public RenderFragment<FieldIds>? ChildContent { get; set; }

    private bool Invalid => !string.IsNullOrEmpty(Error);

    private string ErrorId => _id + "e";

    private string HelpId => _id + "h";

    private FieldIds Ids => new(_id, Invalid ? ErrorId : Help is not null ? HelpId : null, Invalid);
}
