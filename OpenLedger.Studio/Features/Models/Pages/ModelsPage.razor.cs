using Microsoft.AspNetCore.Components;
using MudBlazor;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>What is here and what is on its way: adapters first, then the bases they stand on, then what could be brought in. Asks nobody outside.</summary>
public sealed partial class ModelsPage : IDisposable
{
    private IReadOnlyList<ModelView>? _all;
    private IReadOnlyList<ImportView> _imports = [];
    private IReadOnlyList<SuitedModel> _curated = [];
    private MachineView? _machine;
    private Person _person = Person.Visitor;
    private IDisposable? _watch;
    private string? _wrong;

    [Inject] private ReadModels Models { get; set; } = null!;

    [Inject] private ReadImports Imports { get; set; } = null!;

    [Inject] private EndImport End { get; set; } = null!;

    [Inject] private SuitModels Suit { get; set; } = null!;

    [Inject] private StartTrial Trials { get; set; } = null!;

    [Inject] private JobFeed Feed { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    [Inject] private ISnackbar Toasts { get; set; } = null!;

    private IEnumerable<ModelView> Adapters => _all!.Where(view => view.Model.Kind == ModelKind.Adapter);

    private IEnumerable<ModelView> Bases => _all!.Where(view => view.Model.Kind == ModelKind.Base);

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _person = await Current.GetAsync();
        if (RendererInfo.IsInteractive) _watch = Feed.Watch(moved => _ = InvokeAsync(() => MovedAsync(moved)));
        await LoadAsync();
        if (!RendererInfo.IsInteractive) return;
        foreach (ModelView view in Bases) await Trials.FirstAsync(view.Model, CancellationToken.None);
    }

    // A step only moves a bar; a beginning and an end change what the page shows.
    private async Task MovedAsync(JobProgress moved)
    {
        if (moved is { Kind: TrialJob.KindName, State: JobState.Finished or JobState.Failed })
        {
            await LoadAsync();
            StateHasChanged();
            return;
        }
        if (moved.Kind != ImportModelJob.KindName || !(_person.IsAdmin || _person.Owns(moved.Owner) || moved.State == JobState.Finished)) return;
        if (moved.State == JobState.Running && _imports.Any(import => import.JobId == moved.JobId && import.State == JobState.Running))
            _imports = [.. _imports.Select(import => import.JobId == moved.JobId ? import with { Progress = moved.Progress, Text = moved.Text } : import)];
        else
            await LoadAsync();
        if (moved.State == JobState.Finished && _person.Owns(moved.Owner)) Toasts.Done("The model is here. You can chat with it and train on it.");
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        (_machine, _curated) = (Suit.Machine, Suit.All());
        _imports = await Imports.AllAsync(_person, CancellationToken.None);
        _all = await Models.AllAsync(_person, CancellationToken.None);
    }

    private Task CancelAsync(string jobId) => ActAsync(End.CancelAsync(_person, jobId, CancellationToken.None));

    private Task RetryAsync(string jobId) => ActAsync(End.RetryAsync(_person, jobId, CancellationToken.None));

    private Task DiscardAsync(string jobId) => ActAsync(End.DiscardAsync(_person, jobId, CancellationToken.None));

    private async Task ActAsync(Task<JobControl> act)
    {
        _wrong = await act switch
        {
            JobControl.Done => null,
            JobControl.NotYours => "Only who asked for this import can do that.",
            JobControl.NotPossible => "It moved on in the meantime; the page shows where it stands.",
        };
        await LoadAsync();
    }
}
