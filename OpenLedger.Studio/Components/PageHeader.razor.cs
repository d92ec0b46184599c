using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>A page's name, its one sentence, its facts and at most two buttons; it names the tab and the breadcrumb too.</summary>
public partial class PageHeader
{
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    [Parameter] public string? Summary { get; set; }

    /// <summary>What stands in the breadcrumb, where the title is a sentence.</summary>
    [Parameter] public string? Crumb { get; set; }

    /// <summary>The first level of the breadcrumb, where this page is on the second.</summary>
    [Parameter] public string? Parent { get; set; }

    [Parameter] public string? ParentHref { get; set; }

    /// <summary>Chips, facts and owner.</summary>
    [Parameter] public RenderFragment? Facts { get; set; }

    /// <summary>At most two buttons, the primary one last.</summary>
    [Parameter] public RenderFragment? Actions { get; set; }
}
