using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace OpenLedger.Studio.Components;

/// <summary>A panel from the right (from below under 800 px) over the page. The browser's own dialog: it keeps the focus and gives it back at once, and the circuit is told afterwards.</summary>
public partial class Drawer
{
    private readonly string _id = "dr" + Guid.NewGuid().ToString("N")[..10];
    private ElementReference _dialog;
    private bool _was;

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    [Parameter] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    [Parameter] public RenderFragment? ChildContent { get; set; }

    [Parameter] public RenderFragment? Footer { get; set; }

    [Inject] private IJSRuntime Script { get; set; } = null!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_was == Open) return;
        _was = Open;
        await Script.InvokeVoidAsync("studio.show", _dialog, Open);
    }

    // The browser says so too where the circuit closed it.
    private Task Closed() => Open ? OpenChanged.InvokeAsync(false) : Task.CompletedTask;
}
