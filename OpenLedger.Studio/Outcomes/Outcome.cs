namespace OpenLedger.Studio.Outcomes;

/// <summary>What a use case answers: what was done, or why not. Exactly one is there.</summary>
public sealed record Outcome<T>(T? Value, Refusal? Refusal) where T : class
{
    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}
