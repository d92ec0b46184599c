using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>One training while it goes on, the same in every tab: the curve comes from its file, the moves from the feed.</summary>
public sealed partial class RunPage : IDisposable
{
    private const int RecentSteps = 10;

    private bool _loading = true;
    private TrainingView? _view;
    private IDisposable? _watch;
    private Person _person = Person.Visitor;
    private string? _refused, _opening, _base;
    private IReadOnlyList<NamedRows> _rows = [];

    [Parameter] public string Id { get; set; } = "";

    [Inject] private ReadTraining Runs { get; set; } = null!;

    [Inject] private TrainableDatanets Datanets { get; set; } = null!;

    [Inject] private BaseModels Bases { get; set; } = null!;

    [Inject] private KeepMoment Moments { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ControlJob Control { get; set; } = null!;

    [Inject] private JobFeed Feed { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    private StepProgress? LastStep => _view!.Curve.Steps.LastOrDefault();

    private HeldOutLoss? FirstHeldOut => _view!.Curve.Evaluations.FirstOrDefault();

    private HeldOutLoss? LastHeldOut => _view!.Curve.Evaluations.LastOrDefault();

    private double RecentLoss => _view!.Curve.Steps.TakeLast(RecentSteps).Average(step => step.Loss);

    private string? LeftText => _view!.Summary.State == JobState.Running && LastStep is { } last ? RunWords.Left(last.SecondsLeft) : "";

    private IReadOnlyList<ChartLine> Lines =>
    [
        new("held-out", ChartRole.HeldOut, [.. _view!.Curve.Evaluations.Select(loss => new ChartPoint(loss.Step, loss.Loss))]),
        new("training", ChartRole.Training, [.. _view.Curve.Steps.Select(step => new ChartPoint(step.Step, step.Loss))]),
    ];

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        _person = await Current.GetAsync();
        await LoadAsync();
        if (_view is { Summary.Input: { } input }) (_rows, _base) = (Datanets.Named(input.VersionIds), Bases.Find(input.BaseId)?.Name ?? input.BaseId);
        _watch?.Dispose();
        if (RendererInfo.IsInteractive && _view is not null) _watch = Feed.Watch(Id, moved => _ = InvokeAsync(() => MoveAsync(moved)));
    }

    // The row is written twice a second at most, and the words beside the curve would stand a step behind it.
    private async Task MoveAsync(JobProgress moved)
    {
        await LoadAsync();
        if (_view is { Summary: { State: JobState.Running } summary } && moved.State == JobState.Running) _view = _view with { Summary = summary with { Progress = moved.Progress, Text = moved.Text } };
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        _view = await Runs.OneAsync(Id, _person, CancellationToken.None);
        _loading = false;
    }

    private Task PauseAsync() => DoAsync(caller => Control.PauseAsync(Id, caller, CancellationToken.None));

    private Task CancelAsync() => DoAsync(caller => Control.CancelAsync(Id, caller, CancellationToken.None));

    private Task ResumeAsync() => DoAsync(caller => Control.ResumeAsync(Id, caller, CancellationToken.None));

    private Task RetryAsync() => DoAsync(caller => Control.RetryAsync(Id, caller, CancellationToken.None));

    private async Task TalkAsync(string moment)
    {
        _opening = moment;
        Outcome<ModelDocument> kept = await Task.Run(() => Moments.KeepAsync(Id, moment, _person, CancellationToken.None));
        (_opening, _refused) = (null, kept.Refusal?.What);
        if (kept.Value is ModelDocument model) Navigation.NavigateTo($"/chat?model={model.Id}");
        else await LoadAsync();
    }

    private async Task DoAsync(Func<JobCaller, Task<JobControl>> wish)
    {
        _refused = await wish(new JobCaller(_person.Key, _person.IsAdmin)) switch
        {
            JobControl.Done => null,
            JobControl.NotYours => "Only the wallet that started this training can do that.",
            JobControl.NotPossible => "It moved on in the meantime; the page shows where it stands.",
        };
        await LoadAsync();
    }
}
