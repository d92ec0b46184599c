using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace OpenLedger.Studio.Layout;

/// <summary>The shell: rail, bar, content, dock. It keeps Mud's theme in step with the document's and knows no feature.</summary>
public sealed partial class MainLayout : IAsyncDisposable
{
    private ErrorBoundary? _boundary;
    private DotNetObjectReference<MainLayout>? _self;
    private bool _dark;

    /// <summary>The theme of the prerendered document.</summary>
    [CascadingParameter(Name = "Dark")] public bool Dark { get; set; }

    [Inject] private IJSRuntime Script { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Called by the shell's script when the visitor turns the theme.</summary>
    [JSInvokable]
    public void ThemeTurned(bool dark)
    {
        if (_dark == dark) return;
        _dark = dark;
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        if (_self is null) return;
        try
        {
            await Script.InvokeVoidAsync("studio.forgetTheme");
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its listener with it.
        }
        _self.Dispose();
    }

    protected override void OnInitialized() => _dark = Dark;

    protected override void OnParametersSet() => _boundary?.Recover();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        await Script.InvokeVoidAsync("studio.watchTheme", _self);
    }

    // With <base href="/"> a bare "#main" would lead to the home page.
    private string SkipHref => new Uri(Navigation.Uri).PathAndQuery + "#main";

    private void Recover() => _boundary?.Recover();
}
