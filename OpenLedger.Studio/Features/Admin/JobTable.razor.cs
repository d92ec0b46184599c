using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Storage.Ledger.Rows;
using Icons = OpenLedger.Studio.Components.Icons;

namespace OpenLedger.Studio.Features.Admin;

/// <summary>Job rows, with what can be asked of each.</summary>
public partial class JobTable
{
    [Parameter, EditorRequired] public IReadOnlyList<JobRow> Jobs { get; set; } = [];

    [Parameter] public EventCallback<string> OnCancel { get; set; }

    [Parameter] public EventCallback<string> OnRetry { get; set; }

    private static string NameOf(JobRow job) => job.Kind.Length == 0 ? job.Id : char.ToUpperInvariant(job.Kind[0]) + job.Kind[1..].Replace('-', ' ');

    private static StateLook LookOf(JobState state) => state switch
    {
        JobState.Queued => new("", Icons.Clock, "Queued"),
        JobState.Running => new("th", Icons.Loader, "Running"),
        JobState.Paused => new("warn", Icons.Pause, "Paused"),
        JobState.Finished => new("ok", Icons.CircleCheck, "Finished"),
        JobState.Failed => new("err", Icons.CircleX, "Stopped by an error"),
        JobState.Cancelled => new("", Icons.X, "Stopped"),
    };

    private sealed record StateLook(string Css, string Icon, string Word);
}
