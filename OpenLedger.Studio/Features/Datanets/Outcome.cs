namespace OpenLedger.Studio.Features.Datanets;

/// <summary>What a use case answers: what was done, or why not. Exactly one is there.</summary>
public sealed record Outcome<T>(T? Value, Refusal? Refusal) where T : class
{
    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}

/// <summary>A no that a page can show: what is wrong and how to mend it, and the field where it stands.</summary>
public sealed record Refusal(string What, string? Field = null)
{
    /// <summary>Also for what is there but not to be seen: whether it exists is no stranger's business.</summary>
    public static Refusal NotFound { get; } = new("There is no such Datanet, or it is not open to you.");

    public static Refusal SignInFirst { get; } = new("Sign in with a wallet first.");

    public static Refusal OwnerOnly { get; } = new("Only the owner of this Datanet can do that.");

    public static Refusal AdminOnly { get; } = new("Only an admin can do that.");
}
