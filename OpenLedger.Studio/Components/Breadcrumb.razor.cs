using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>Says in the bar where this page is; two levels at most. A page with a <see cref="PageHeader"/> has one already.</summary>
public partial class Breadcrumb
{
    /// <summary>The section of the bar that shows it.</summary>
    public const string Section = "breadcrumb";

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    [Parameter] public string? Parent { get; set; }

    [Parameter] public string? ParentHref { get; set; }
}
