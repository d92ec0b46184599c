using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Storage.Ledger.Rows;
using Icons = OpenLedger.Studio.Components.Icons;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>One import while it goes on, or after it failed, with what can be asked of it. Does nothing itself.</summary>
public sealed partial class ImportCard
{
    [Parameter, EditorRequired] public ImportView Import { get; set; } = null!;

    /// <summary>Bytes free on the disk.</summary>
    [Parameter] public long Free { get; set; }

    [Parameter] public EventCallback<string> OnCancel { get; set; }

    [Parameter] public EventCallback<string> OnRetry { get; set; }

    [Parameter] public EventCallback<string> OnDiscard { get; set; }

    private (string Css, string Icon, string Word) Look => Import.State switch
    {
        JobState.Queued => ("", Icons.Clock, "Queued"),
        JobState.Running => Import.Progress < ImportModelJob.Gathered ? ("th", Icons.Loader, Import.Input.Source == ImportSource.Hub ? "Downloading" : "Copying") : ("th", Icons.Loader, "Trying it"),
        JobState.Paused => ("warn", Icons.Pause, "Paused"),
        JobState.Failed => ("err", Icons.CircleX, "Stopped by an error"),
        JobState.Finished => ("ok", Icons.CircleCheck, "Finished"),
        JobState.Cancelled => ("", Icons.X, "Cancelled"),
    };
}
