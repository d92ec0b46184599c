using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>The line from a row of data to a coin. Holds <see cref="ThreadStep"/>s and knows nothing of what they show.</summary>
public partial class Thread
{
    [Parameter] public string Label { get; set; } = "Thread of provenance, from row to coin";

    /// <summary>Runs down the page; under 800 px it always does.</summary>
    [Parameter] public bool Vertical { get; set; }

    /// <summary>Shows its values as figures (the home page's loop).</summary>
    [Parameter] public bool Big { get; set; }

    [Parameter] public RenderFragment? ChildContent { get; set; }

    private string Css => $"thread{(Vertical ? " vert" : "")}{(Big ? " big" : "")}";
}
