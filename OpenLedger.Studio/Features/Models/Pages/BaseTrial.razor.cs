using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>What a base showed when it was tried on this machine; it is tried again here. Tries nothing itself.</summary>
public sealed partial class BaseTrial : IDisposable
{
    private Person _person = Person.Visitor;
    private IDisposable? _watch;
    private string? _wrong;
    private bool _trying;

    [Parameter, EditorRequired] public ModelDocument Model { get; set; } = null!;

    /// <summary>A trial ended: the page reads the model again.</summary>
    [Parameter] public EventCallback OnTried { get; set; }

    [Inject] private StartTrial Trials { get; set; } = null!;

    [Inject] private JobFeed Feed { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnInitializedAsync() => _person = await Current.GetAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || Model is not { Check: null, TrialProblem: null }) return;
        _watch ??= Feed.Watch(moved => _ = InvokeAsync(() => MovedAsync(moved)));
        _trying = true;
        StateHasChanged();
        await Trials.FirstAsync(Model, CancellationToken.None);
    }

    // Listened to before it is asked for: a small model is tried in a moment.
    private async Task TryAsync()
    {
        (_wrong, _trying) = (null, true);
        _watch ??= Feed.Watch(moved => _ = InvokeAsync(() => MovedAsync(moved)));
        Outcome<StartedJob> started = await Trials.StartAsync(_person, Model.Id, CancellationToken.None);
        if (started.Refusal is Refusal no) (_wrong, _trying) = (no.What, false);
    }

    private async Task MovedAsync(JobProgress moved)
    {
        if (moved.Kind != TrialJob.KindName || !(_person.Owns(moved.Owner) || moved.Owner == EnqueueJob.Node) || !moved.State.IsOver()) return;
        (_trying, _wrong) = (false, null); // why it failed stands with the base
        await OnTried.InvokeAsync();
        StateHasChanged();
    }
}
