namespace OpenLedger.Studio.Outcomes;

/// <summary>A no that a page can show: what is wrong and how to mend it, and the field where it stands. Knows nothing of what was asked.</summary>
public sealed record Refusal(string What, string? Field = null)
{
    public static Refusal SignInFirst { get; } = new("Sign in with a wallet first.");

    public static Refusal AdminOnly { get; } = new("Only an admin can do that.");
}
