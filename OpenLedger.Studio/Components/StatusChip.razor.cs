using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>A state as colour, icon and word together, so that none of them carries it alone.</summary>
public partial class StatusChip
{
    [Parameter, EditorRequired] public Status Status { get; set; }

    private ChipLook Look => Status switch
    {
        Status.Draft => new("", Icons.Pencil, "Draft"),
        Status.WaitingForReview => new("info", Icons.Clock, "Waiting for review"),
        Status.Published => new("ok", Icons.CircleCheck, "Published"),
        Status.SentBack => new("err", Icons.CircleX, "Sent back"),
        Status.Queued => new("", Icons.Clock, "Queued"),
        Status.Training => new("th", Icons.Loader, "Training"),
        Status.Paused => new("warn", Icons.Pause, "Paused"),
        Status.Finished => new("ok", Icons.CircleCheck, "Finished"),
        Status.Stopped => new("", Icons.Square, "Stopped"),
        Status.StoppedByAnError => new("err", Icons.CircleX, "Stopped by an error"),
        Status.AccessGranted => new("ok", Icons.Key, "Access granted"),
        Status.AskForAccess => new("", Icons.Lock, "Ask for access"),
        Status.Settled => new("brass", Icons.Coins, "Settled"),
        Status.NotSettledYet => new("", Icons.CircleDashed, "Not settled yet"),
    };

    private sealed record ChipLook(string Css, string Icon, string Word);
}
