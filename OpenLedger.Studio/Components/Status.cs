namespace OpenLedger.Studio.Components;

/// <summary>Every state a person is ever shown; a feature maps its own states onto these.</summary>
public enum Status
{
    Draft,
    WaitingForReview,
    Published,
    SentBack,
    Queued,
    Training,
    Paused,
    Finished,
    Stopped,
    StoppedByAnError,
    AccessGranted,
    AskForAccess,
    Settled,
    NotSettledYet,
}
