using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace OpenLedger.Studio.Features.Datanets.Pages;

/// <summary>Sends a file to the upload's door and shows how far it is. The bytes go beside the circuit, which stays quick. Knows no rows.</summary>
public sealed partial class FilePart : IAsyncDisposable
{
    private readonly Stopwatch _clock = new();
    private DotNetObjectReference<FilePart>? _self;
    private IJSObjectReference? _module;
    private ElementReference _root;
    private string? _sending;
    private long _sent;
    private long _total;
    private bool _choosing;
    private bool _attached;

    [Parameter, EditorRequired] public string DatanetId { get; set; } = "";

    /// <summary>The file that is being worked on.</summary>
    [Parameter] public UploadView? View { get; set; }

    [Parameter] public EventCallback OnUploaded { get; set; }

    [Parameter] public EventCallback<string> OnRefused { get; set; }

    [Inject] private IJSRuntime Script { get; set; } = null!;

    [Inject] private AntiforgeryStateProvider Antiforgery { get; set; } = null!;

    private string Recognised
    {
        get
        {
            string cells = View!.File.Delimiter switch
            {
                null => "",
                ',' => ", comma separated",
                ';' => ", semicolon separated",
                '\t' => ", tab separated",
                char other => $", separated by {other}",
            };
            string header = View.File.HasHeader switch { null => "", true => ", first line is a header", false => ", no header" };
            return $"{View.File.EncodingName} recognised{cells}{header}, {DatanetWords.Count(View.Report?.Read ?? View.File.Sample.Count, "row")} read.";
        }
    }

    private string? TimeLeft
    {
        get
        {
            if (_sent == 0 || _clock.Elapsed.TotalSeconds < 1) return null;
            double seconds = _clock.Elapsed.TotalSeconds * (_total - _sent) / _sent;
            return seconds < 60 ? $"about {Math.Ceiling(seconds)} s left" : $"about {Math.Ceiling(seconds / 60)} min left";
        }
    }

    /// <summary>The script tells how far it is, a few times a second.</summary>
    [JSInvokable]
    public void Progress(string name, long sent, long total)
    {
        if (_sending is null) _clock.Restart();
        (_sending, _sent, _total) = (name, sent, total);
        StateHasChanged();
    }

    /// <summary>The script tells how it ended.</summary>
    /// <param name="why">The server's refusal in a sentence, or null.</param>
    [JSInvokable]
    public async Task Done(string? why)
    {
        _sending = null;
        _choosing = why is not null && View is null;
        if (why is null) await OnUploaded.InvokeAsync();
        else await OnRefused.InvokeAsync(why);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
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
        _module = await Script.InvokeAsync<IJSObjectReference>("import", "./Features/Datanets/Pages/FilePart.razor.js");
        await _module.InvokeVoidAsync("attach", _root, _self, $"/api/datanets/{DatanetId}/uploads", Antiforgery.GetAntiforgeryToken()?.Value);
        // A file chosen before the script listens would be lost without a word.
        _attached = true;
        StateHasChanged();
    }

    private async Task CancelAsync()
    {
        if (_module is not null) await _module.InvokeVoidAsync("cancel", _root);
        _sending = null;
    }
}
