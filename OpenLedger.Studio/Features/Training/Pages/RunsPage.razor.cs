using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>A person's trainings, moving as they move. Starts and stops none.</summary>
public sealed partial class RunsPage : IDisposable
{
    private IReadOnlyList<TrainingSummary>? _runs;
    private IDisposable? _watch;

    [Inject] private ReadTraining Runs { get; set; } = null!;

    [Inject] private JobFeed Feed { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        if (RendererInfo.IsInteractive) _watch = Feed.Watch(Refresh);
    }

    private void Refresh(JobProgress progress)
    {
        if (progress.Kind == TrainingJob.KindName) _ = InvokeAsync(LoadAndShowAsync);
    }

    private async Task LoadAndShowAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync() => _runs = await Runs.NewestAsync(await Current.GetAsync(), CancellationToken.None);
}
