namespace OpenLedger.Engine.Serving;

/// <summary>How the next token is chosen. Knows nothing of models.</summary>
public sealed record SamplingOptions
{
    /// <summary>The likeliest token each time.</summary>
    public static SamplingOptions Greedy { get; } = new() { Temperature = 0 };

    /// <summary>Divides the logits: below 1 surer, above 1 wilder; 0 takes the likeliest token always. Default 0.7.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>Only that many likeliest tokens (and those as likely as the last of them); 0 for all. Default 0.</summary>
    public int TopK { get; init; }

    /// <summary>Only the likeliest tokens that together have this probability; 1 for all. Default 0.95.</summary>
    public double TopP { get; init; } = 0.95;

    /// <summary>Only tokens at least this times as likely as the likeliest; 0 for all. Default 0.</summary>
    public double MinP { get; init; }

    /// <summary>Divides (or, below zero, multiplies) the logits of tokens that were there before; 1 for none. Default 1.</summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>The same seed gives the same answer; null draws one, which the result names.</summary>
    public long? Seed { get; init; }
}
