namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Why something was sent back: long enough to help, short enough to be read.</summary>
internal static class ReviewReason
{
    public const int Longest = 1_000;
    private const string Field = "Reason";
    private const int Shortest = 5;

    public static Refusal? Fault(string reason) =>
        reason.Trim().Length is < Shortest or > Longest ? new Refusal($"Say in {Shortest} to {Longest:N0} characters what has to change: the person sees it.", Field) : null;
}
