using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace OpenLedger.Studio.Components;

/// <summary>Where a file is dropped or chosen. Hands the file on and knows nothing of what is in it.</summary>
public partial class DropArea
{
    private readonly string _id = "d" + Guid.NewGuid().ToString("N")[..10];
    private bool _over;

    [Parameter] public string Title { get; set; } = "Drop a file here";

    /// <summary>Kinds and largest size.</summary>
    [Parameter] public string? Help { get; set; }

    /// <summary>".csv,.json": what the browser's dialog offers.</summary>
    [Parameter] public string? Accept { get; set; }

    /// <summary>Several files may be chosen at once.</summary>
    [Parameter] public bool Many { get; set; }

    [Parameter] public bool Disabled { get; set; }

    [Parameter] public EventCallback<InputFileChangeEventArgs> OnFile { get; set; }

    [Parameter] public RenderFragment? ChildContent { get; set; }
}
