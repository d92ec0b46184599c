using Microsoft.AspNetCore.Components;
using MudBlazor;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>A base on its page: what it showed, where it came from, what stands on it; it is tried again or removed here. Decides nothing itself.</summary>
public sealed partial class BaseCard : IDisposable
{
    private IReadOnlyList<ModelDocument> _adapters = [];
    private Person _person = Person.Visitor;
    private IDisposable? _watch;
    private string? _wrong;
    private bool _trying;

    [Parameter, EditorRequired] public ModelDocument Model { get; set; } = null!;

    /// <summary>A trial ended: the page reads the model again.</summary>
    [Parameter] public EventCallback OnTried { get; set; }

    [Inject] private ReadModels Models { get; set; } = null!;

    [Inject] private StartTrial Trials { get; set; } = null!;

    [Inject] private RemoveModel Removing { get; set; } = null!;

    [Inject] private JobFeed Feed { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        _person = await Current.GetAsync();
        _adapters = Models.AdaptersOn(_person, Model.Id);
    }

    // Listened to before it is asked for: a small model is tried in a moment.
    private async Task TryAsync()
    {
        (_wrong, _trying) = (null, true);
        _watch ??= Feed.Watch(moved => _ = InvokeAsync(() => MovedAsync(moved)));
        Outcome<StartedImport> started = await Trials.StartAsync(_person, Model.Id, CancellationToken.None);
        if (started.Refusal is Refusal no) (_wrong, _trying) = (no.What, false);
    }

    private async Task MovedAsync(JobProgress moved)
    {
        if (moved.Kind != TrialJob.KindName || !_person.Owns(moved.Owner) || moved.State is not (JobState.Finished or JobState.Failed or JobState.Cancelled)) return;
        (_trying, _wrong) = (false, moved.State == JobState.Failed ? moved.Text : null);
        await OnTried.InvokeAsync();
        StateHasChanged();
    }

    private async Task RemoveAsync()
    {
        ConfirmQuestion question = new($"Remove {Model.Name}?", "Its files are deleted from this machine. What it answered stays in the records.", $"Remove {Model.Name}") { Danger = true };
        if (!await Dialogs.ConfirmAsync(question)) return;
        _wrong = (await Removing.RemoveAsync(_person, Model.Id, CancellationToken.None))?.What;
        if (_wrong is null) Navigation.NavigateTo("/models");
    }
}
