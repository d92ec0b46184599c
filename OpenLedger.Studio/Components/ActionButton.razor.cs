using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace OpenLedger.Studio.Components;

/// <summary>The one button of the Studio, or a link that looks like it. Its words are a verb.</summary>
public partial class ActionButton
{
    [Parameter] public ButtonKind Kind { get; set; } = ButtonKind.Plain;

    [Parameter] public bool Small { get; set; }

    /// <summary>Makes it a link.</summary>
    [Parameter] public string? Href { get; set; }

    [Parameter] public string? Icon { get; set; }

    [Parameter] public bool Disabled { get; set; }

    /// <summary>Working on it: cannot be pressed again and says so.</summary>
    [Parameter] public bool Busy { get; set; }

    [Parameter] public bool Submit { get; set; }

    [Parameter] public EventCallback<MouseEventArgs> OnClick { get; set; }

    [Parameter] public RenderFragment? ChildContent { get; set; }

    [Parameter(CaptureUnmatchedValues = true)] public Dictionary<string, object?> Rest { get; set; } = [];

    private string Css => $"b{KindClass}{(Small ? " s" : "")}";

    private string KindClass => Kind switch
    {
        ButtonKind.Plain => "",
        ButtonKind.Primary => " p",
        ButtonKind.Quiet => " q",
        ButtonKind.Danger => " d",
    };

    private Dictionary<string, object?> Spoken => Busy ? new(Rest) { ["aria-busy"] = "true" } : Rest;
}
