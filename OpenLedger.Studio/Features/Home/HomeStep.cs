namespace OpenLedger.Studio.Features.Home;

/// <summary>The steps of the loop in their order; a person's next one is the first that is not done.</summary>
public enum HomeStep
{
    BringRows,
    WaitForReview,
    Train,
    WatchTraining,
    Ask,
    Claim,
    Done,
}
