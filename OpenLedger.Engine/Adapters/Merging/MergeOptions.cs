namespace OpenLedger.Engine.Adapters.Merging;

/// <summary>By what a sign is elected: the sum of the numbers, or how many are of each sign.</summary>
public enum SignElection { Total, Frequency }

/// <summary>How adapters are merged. Knows none of them.</summary>
/// <param name="Method">PEFT's combination type.</param>
public sealed record MergeOptions(MergeMethod Method)
{
    /// <summary>Share of each adapter's numbers that is kept, above 0 to 1; for the methods that drop.</summary>
    public double Density { get; init; } = 0.5;

    /// <summary>For the TIES methods.</summary>
    public SignElection Election { get; init; } = SignElection.Total;

    /// <summary>Rank of the result for the methods on whole updates; null for the largest rank of the adapters.</summary>
    public int? Rank { get; init; }

    /// <summary>Seed of what DARE drops.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>
    /// PEFT copies <c>use_rslora</c> of the first adapter onto a result whose scale is already in its numbers, so that it counts twice
    /// (huggingface/peft#3449). True repeats that to the number; false gives what was asked for.
    /// </summary>
    public bool RepeatsPeftScale { get; init; }

    /// <exception cref="AdapterException">A figure is outside its range.</exception>
    internal void Check()
    {
        if (Method.Drops() && Density is not (> 0 and <= 1)) throw new AdapterException($"the density is {Density}; above 0 and at most 1 is needed: it is the share of numbers that is kept");
        if (Rank is <= 0 or > LoraConfig.MaxRank) throw new AdapterException($"the rank of the result is {Rank}; 1 to {LoraConfig.MaxRank} is needed");
    }
}
