using Microsoft.AspNetCore.Components;
using MudBlazor;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Admin;

/// <summary>The admin's page: reads what waits and how things are, and hands each wish to its use case.</summary>
public sealed partial class AdminPage : IDisposable
{
    private const int Listed = 50;

    private readonly CancellationTokenSource _left = new();
    private Person _me = Person.Visitor;
    private IDisposable? _watch;
    private Approvals? _approvals;
    private IReadOnlyList<KnownPerson>? _people;
    private IReadOnlyList<JobRow>? _jobs;
    private StudioState? _state;
    private GovernanceForm? _form;
    private IReadOnlyList<string> _formProblems = [];
    private string? _roleProblem;
    private string? _why;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    [Inject] private ReadApprovals Approvals { get; set; } = null!;

    [Inject] private ReadPeople People { get; set; } = null!;

    [Inject] private ChangeRole Roles { get; set; } = null!;

    [Inject] private ReadState State { get; set; } = null!;

    [Inject] private ChangeGovernance Governance { get; set; } = null!;

    [Inject] private StartSettlement Settlement { get; set; } = null!;

    [Inject] private ReadJobs Jobs { get; set; } = null!;

    [Inject] private ControlJob Control { get; set; } = null!;

    [Inject] private JobFeed Feed { get; set; } = null!;

    [Inject] private ISnackbar Toasts { get; set; } = null!;

    public void Dispose()
    {
        _watch?.Dispose();
        _left.Cancel();
        _left.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _me = await Current.GetAsync();
        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _watch = Feed.Watch(step => _ = InvokeAsync(() => ShowAsync(step)));
    }

    private JobCaller Caller => new(_me.Key, _me.IsAdmin);

    private async Task LoadAsync()
    {
        _why = null;
        _approvals = await Approvals.ReadAsync(_left.Token);
        _people = People.Read();
        _form ??= Governance.Read();
        await LoadJobsAsync();
        _state = await State.ReadAsync(_left.Token);
    }

    private async Task LoadJobsAsync() => _jobs = await Jobs.NewestAsync(Caller, null, Listed, _left.Token);

    // Progress comes often and only changes a number; a change of state is read again from the rows, and what a settlement changed with it.
    private async Task ShowAsync(JobProgress step)
    {
        if (_left.IsCancellationRequested) return;
        if (_jobs?.FirstOrDefault(job => job.Id == step.JobId) is JobRow row && row.State == step.State) (row.Progress, row.ProgressText) = (step.Progress, step.Text);
        else await LoadJobsAsync();
        if (step is { Kind: SettlementJob.Settlement, State: not JobState.Running }) _state = await State.ReadAsync(_left.Token);
        StateHasChanged();
    }

    private void ChangeRoleAsync((string Id, PersonRole Role) change)
    {
        _roleProblem = Roles.Change(change.Id, change.Role, _me) switch
        {
            RoleChange.Done => null,
            RoleChange.NotAllowed => "Only an admin changes roles.",
            RoleChange.NotThere => "This wallet is not known any more.",
            RoleChange.LastAdmin => "This is the last admin. Make somebody else an admin first.",
        };
        _people = People.Read();
        if (_roleProblem is null) Toasts.Done("The role is changed. It holds from their next request on.");
    }

    private async Task SettleAsync()
    {
        Toasts.Done(await Settlement.NowAsync(_me, _left.Token) switch
        {
            SettlementStart.Started => "The settlement is queued.",
            SettlementStart.AlreadyRunning => "A settlement is under way.",
            SettlementStart.NothingWaits => "Nothing waits to be settled.",
            SettlementStart.NotDue => "Nothing is due.",
            SettlementStart.NotAllowed => "Only an admin settles by hand.",
        });
        await LoadJobsAsync();
    }

    private void SaveAsync(GovernanceForm form)
    {
        _formProblems = Governance.Change(form, _me);
        if (_formProblems.Count > 0) return;
        _form = Governance.Read();
        Toasts.Done("Saved. It holds from the next answer on.");
    }

    private Task CancelAsync(string id) => SayAsync(Control.CancelAsync(id, Caller, _left.Token), "The job is told to stop.");

    private Task RetryAsync(string id) => SayAsync(Control.RetryAsync(id, Caller, _left.Token), "The job is queued again.");

    private async Task SayAsync(Task<JobControl> wish, string done)
    {
        _why = await wish switch
        {
            JobControl.Done => null,
            JobControl.NotYours => "There is no such job.",
            JobControl.NotPossible => "The job has moved on; its state does not have this step.",
        };
        if (_why is null) Toasts.Done(done);
        await LoadJobsAsync();
    }
}
