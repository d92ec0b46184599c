namespace OpenLedger.Engine.Serving;

/// <summary>Why an answer ended.</summary>
public enum FinishReason
{
    /// <summary>The model ended it, or a stop text came.</summary>
    Stop,

    /// <summary>The most tokens were written, or the model's context is full.</summary>
    Length,
}

/// <summary>A step of an answer: some text, maybe none yet; the last one carries the summary.</summary>
/// <param name="Text">What is new and certain.</param>
/// <param name="TokenId">The token of this step; null for what was held back to the end.</param>
/// <param name="LogProbability">Natural logarithm of the token's probability under the model, where asked for.</param>
/// <param name="Summary">On the last update only.</param>
public sealed record GenerationUpdate(string Text, int? TokenId, double? LogProbability, GenerationSummary? Summary);

/// <summary>What an answer came to.</summary>
/// <param name="Finish">Why it ended.</param>
/// <param name="Ids">The written tokens, without the stopping one.</param>
/// <param name="TokensIn">Tokens of the prompt.</param>
/// <param name="CachedTokens">How many of those were known from an earlier prompt.</param>
/// <param name="TokensOut">Tokens the model wrote, the stopping one included.</param>
/// <param name="Seed">The seed that gives the same answer again.</param>
/// <param name="TimeToFirstToken">From the request to its first token.</param>
/// <param name="TotalTime">From the request to the end.</param>
public sealed record GenerationSummary(FinishReason Finish, IReadOnlyList<int> Ids, int TokensIn, int CachedTokens, int TokensOut, long Seed, TimeSpan TimeToFirstToken, TimeSpan TotalTime)
{
    /// <summary>Tokens a second after the first; 0 where there was only one.</summary>
    public double TokensPerSecond => TokensOut > 1 && TotalTime > TimeToFirstToken ? (TokensOut - 1) / (TotalTime - TimeToFirstToken).TotalSeconds : 0;
}
