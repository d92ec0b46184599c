using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>Sends a model's files from the browser, one request each beside the circuit, and shows how far it is. The use case says which are needed.</summary>
public sealed partial class UploadPart : IAsyncDisposable
{
    private DotNetObjectReference<UploadPart>? _self;
    private IJSObjectReference? _module;
    private ElementReference _root;
    private UploadPlan? _plan;
    private string _name = "", _licence = "", _file = "";
    private string? _refusal;
    private long _sent;
    private bool _attached, _whole, _starting, _started;

    [Parameter, EditorRequired] public Person Person { get; set; } = Person.Visitor;

    [Parameter] public EventCallback OnStarted { get; set; }

    [Inject] private ModelUploads Uploads { get; set; } = null!;

    [Inject] private StartImport Starting { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    [Inject] private AntiforgeryStateProvider Antiforgery { get; set; } = null!;

    /// <summary>The script tells what was chosen.</summary>
    /// <returns>What to send and where to; nothing where it is refused.</returns>
    [JSInvokable]
    public UploadPlan? Chosen(IReadOnlyList<ChosenFile> files)
    {
        Outcome<UploadPlan> begun = Uploads.Begin(Person, files);
        (_plan, _refusal, _sent, _whole) = (begun.Value, begun.Refusal?.What, 0, false);
        if (_plan is not null && _name.Length == 0) _name = Path.GetFileNameWithoutExtension(_plan.Files[^1]);
        StateHasChanged();
        return _plan;
    }

    /// <summary>The script tells how far it is, a few times a second.</summary>
    [JSInvokable]
    public void Progress(string file, long sent)
    {
        (_file, _sent) = (file, sent);
        StateHasChanged();
    }

    /// <summary>The script tells how it ended.</summary>
    /// <param name="why">The server's refusal in a sentence, or null.</param>
    [JSInvokable]
    public void Done(string? why)
    {
        _whole = why is null && _plan is not null && Uploads.IsWhole(Person, _plan.Arrival);
        if (!_whole) GiveUp(why ?? "Not all files arrived. Choose them again.");
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_started) GiveUp(null);
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
        }
        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _module = await Script.InvokeAsync<IJSObjectReference>("import", "./Features/Models/Pages/UploadPart.razor.js");
        await _module.InvokeVoidAsync("attach", _root, _self, Antiforgery.GetAntiforgeryToken()?.Value);
        _attached = true;
        StateHasChanged();
    }

    private async Task GiveUpAsync()
    {
        if (_module is not null) await _module.InvokeVoidAsync("cancel", _root);
        GiveUp(null);
    }

    private void GiveUp(string? why)
    {
        if (_plan is not null) Uploads.GiveUp(Person, _plan.Arrival);
        (_plan, _whole, _refusal) = (null, false, why);
    }

    private async Task StartAsync()
    {
        _starting = true;
        Outcome<StartedJob> outcome = await Starting.FromUploadAsync(Person, _plan!.Arrival, _name, _licence, CancellationToken.None);
        (_starting, _refusal, _started) = (false, outcome.Refusal?.What, outcome.Refusal is null);
        if (_started) await OnStarted.InvokeAsync();
    }
}
