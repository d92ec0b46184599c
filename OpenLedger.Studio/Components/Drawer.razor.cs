using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace OpenLedger.Studio.Components;

/// <summary>A panel from the right (from below under 800 px) that keeps the focus until Esc or its cross, then gives it back to whatever opened it.</summary>
public partial class Drawer
{
    private readonly string _id = "dr" + Guid.NewGuid().ToString("N")[..10];
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
        await Script.InvokeVoidAsync(Open ? "studio.rememberFocus" : "studio.returnFocus");
    }

    private Task Close() => OpenChanged.InvokeAsync(false);

    private Task CloseOnEscape(KeyboardEventArgs key) => key.Key == "Escape" ? Close() : Task.CompletedTask;
}
