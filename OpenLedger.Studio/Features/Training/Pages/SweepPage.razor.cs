using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Training.Sweeps;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>The trainings of a sweep beside each other, moving as they move, the best one marked. Measures and compares nothing itself.</summary>
public sealed partial class SweepPage : IDisposable
{
    private bool _loading = true, _failed, _stopping;
    private SweepView? _sweep;
    private IDisposable? _watch;
    private Person _person = Person.Visitor;
    private string? _said;

    [Parameter] public string Id { get; set; } = "";

    [Inject] private ReadSweep Sweeps { get; set; } = null!;

    [Inject] private StopSweep Stopping { get; set; } = null!;

    [Inject] private JobFeed Feed { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    [Inject] private ILogger<SweepPage> Log { get; set; } = null!;

    private string SummaryText => $"The same training {_sweep!.Runs.Count} times, with {string.Join(" and ", _sweep.Settings.Select(setting => SweepWords.Title(setting).ToLowerInvariant()))} varied.";

    private string StateText => string.Join(", ", new[]
    {
        (_sweep!.Count(JobState.Finished), "done"),
        (_sweep.Count(JobState.Running), "training"),
        (_sweep.Count(JobState.Queued), "waiting"),
        (_sweep.Count(JobState.Paused), "paused"),
        (_sweep.Count(JobState.Cancelled), "stopped"),
        (_sweep.Count(JobState.Failed), "stopped by an error"),
    }.Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}"));

    private string JudgedText => _sweep!.ByAgreement
        ? "Best is whoever agrees most often with the choices on the held-out rows: the loss itself depends on what is varied here, so that losses do not compare. Nobody learned from these rows."
        : "Best is the lowest loss on the held-out rows: the same rows for all of them, and nobody learned from them. Perplexity says among how many equally likely words the model wavers; lower is better.";

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        _person = await Current.GetAsync();
        await LoadAsync();
        _watch?.Dispose();
        if (RendererInfo.IsInteractive) _watch = Feed.Watch(Refresh);
    }

    private static string Beside(HeldOutLoss loss) => loss.Agreement is double agreement
        ? string.Create(CultureInfo.InvariantCulture, $"agrees with {agreement:P0}")
        : string.Create(CultureInfo.InvariantCulture, $"perplexity {loss.Perplexity:F2}");

    private bool IsBest(SweepRun run) => run.Run.Id == _sweep!.Best?.Run.Id;

    private void Refresh(JobProgress progress)
    {
        if (_sweep?.Runs.Any(run => run.Run.Id == progress.JobId) == true) _ = InvokeAsync(() => MoveAsync(progress));
    }

    // A sweep takes hours: its runs' curves are read when one of them begins or ends, and not at each step.
    private async Task MoveAsync(JobProgress moved)
    {
        if (_sweep?.With(moved) is { } next) _sweep = next;
        else await LoadAsync();
        StateHasChanged();
    }

    // A read that fails is this page's to say; what it reads goes on by itself.
    private async Task LoadAsync()
    {
        try
        {
            (_sweep, _failed) = (await Sweeps.OneAsync(Id, _person, CancellationToken.None), false);
        }
        catch (Exception fault) when (fault is IOException or System.Data.Common.DbException or System.Text.Json.JsonException)
        {
            Log.LogError(fault, "Sweep {Sweep} cannot be read", Id);
            _failed = true;
        }
        _loading = false;
    }

    private Task TryAgainAsync() => LoadAsync();

    private async Task StopAsync()
    {
        _stopping = true;
        int? stopped = await Stopping.StopAsync(Id, _person, CancellationToken.None);
        _said = stopped switch
        {
            null or 0 => "Nothing was left to stop: all of them were over.",
            1 => "One training was stopped. What it kept until then stays.",
            int many => $"{many} trainings were stopped. What they kept until then stays.",
        };
        _stopping = false;
        await LoadAsync();
    }
}
