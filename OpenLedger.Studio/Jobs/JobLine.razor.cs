using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Jobs;

/// <summary>One job while it goes on, for its owner: how far it is, a way to stop it, a way to try again. Says nothing of what it made.</summary>
public sealed partial class JobLine : IDisposable
{
    private JobRow? _row;
    private IDisposable? _watch;
    private string? _watched, _text;
    private int? _progress;

    [Parameter, EditorRequired] public string JobId { get; set; } = "";

    /// <summary>The job is over, however it ended.</summary>
    [Parameter] public EventCallback OnOver { get; set; }

    [Inject] private ReadJobs Jobs { get; set; } = null!;

    [Inject] private ControlJob Control { get; set; } = null!;

    [Inject] private JobFeed Feed { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (_watched == JobId) return;
        _watched = JobId;
        _watch?.Dispose();
        if (RendererInfo.IsInteractive) _watch = Feed.Watch(JobId, moved => _ = InvokeAsync(() => MoveAsync(moved)));
        await LoadAsync();
        // It may have ended before anybody watched; a failed one stands here with its reason.
        if (_row is { State: JobState.Finished }) await OnOver.InvokeAsync();
    }

    private async Task MoveAsync(JobProgress moved)
    {
        (_progress, _text) = (moved.Progress, moved.Text);
        if (_row?.State != moved.State) await LoadAsync();
        StateHasChanged();
        if (_row?.IsOver == true) await OnOver.InvokeAsync();
    }

    private async Task LoadAsync()
    {
        Person person = await Current.GetAsync();
        _row = await Jobs.OneAsync(JobId, new JobCaller(person.Key, person.IsAdmin), CancellationToken.None);
    }

    private Task CancelAsync() => DoAsync(caller => Control.CancelAsync(JobId, caller, CancellationToken.None));

    private Task RetryAsync() => DoAsync(caller => Control.RetryAsync(JobId, caller, CancellationToken.None));

    private async Task DoAsync(Func<JobCaller, Task<JobControl>> wish)
    {
        Person person = await Current.GetAsync();
        await wish(new JobCaller(person.Key, person.IsAdmin));
        await LoadAsync();
    }
}
