using System.Globalization;

namespace OpenLedger.Engine.Serving;

/// <summary>What a request breaks, as a sentence for whoever asked.</summary>
public sealed record RequestProblem(string Message);

/// <summary>All limits on a request, one message each. Knows nothing of who asks.</summary>
public sealed record RequestLimits
{
    /// <summary>Longest accepted prompt, in tokens; the model's own context may be shorter. Default 4096.</summary>
    public int PromptTokens { get; init; } = 4096;

    /// <summary>Most tokens of one answer. Default 2048.</summary>
    public int AnswerTokens { get; init; } = 2048;

    /// <summary>Most stop texts. Default 8.</summary>
    public int Stops { get; init; } = 8;

    /// <summary>Longest stop text, in characters. Default 100.</summary>
    public int StopLength { get; init; } = 100;

    /// <summary>Highest temperature. Default 2.</summary>
    public double Temperature { get; init; } = 2;

    /// <summary>Highest repetition penalty. Default 2.</summary>
    public double RepetitionPenalty { get; init; } = 2;

    /// <summary>Largest seed: what JSON's numbers hold exactly, since a receipt records it.</summary>
    public const long LargestSeed = (1L << 53) - 1;

    /// <summary>The first limit a request breaks; null if it may run.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">How many tokens the model can see at once.</param>
    /// <param name="vocabulary">How many tokens the model knows.</param>
    public RequestProblem? Check(GenerationRequest request, int context, int vocabulary) => CheckPrompt(request, context, vocabulary) ?? CheckStops(request) ?? CheckSampling(request.Sampling);

    private RequestProblem? CheckPrompt(GenerationRequest request, int context, int vocabulary)
    {
        int count = request.Prompt.Count, longest = Math.Min(PromptTokens, context - 1);
        if (count == 0) return Problem($"The prompt is empty.");
        if (count > longest) return Problem($"The prompt has {count} tokens; at most {longest} fit.");
        if (request.Prompt.Any(id => id < 0 || id >= vocabulary)) return Problem($"The prompt holds a token the model does not know.");
        if (request.MaxTokens < 1 || request.MaxTokens > AnswerTokens) return Problem($"An answer may have 1 to {AnswerTokens} tokens, not {request.MaxTokens}.");
        if (request.Contrast is { } contrast && (contrast.PromptWithout.Count == 0 || contrast.PromptWithout.Count > longest)) return Problem($"The prompt without passages has {contrast.PromptWithout.Count} tokens; 1 to {longest} fit.");
        return null;
    }

    private RequestProblem? CheckStops(GenerationRequest request)
    {
        if (request.Stops.Count > Stops) return Problem($"There are {request.Stops.Count} stop texts; at most {Stops} are allowed.");
        if (request.Stops.Any(stop => stop.Length == 0 || stop.Length > StopLength)) return Problem($"A stop text has 1 to {StopLength} characters.");
        return null;
    }

    private RequestProblem? CheckSampling(SamplingOptions sampling)
    {
        if (!(sampling.Temperature >= 0 && sampling.Temperature <= Temperature)) return Problem($"The temperature lies between 0 and {Temperature}, not at {sampling.Temperature}.");
        if (sampling.TopK < 0) return Problem($"Top-k is 0 (for all) or more, not {sampling.TopK}.");
        if (!(sampling.TopP > 0 && sampling.TopP <= 1)) return Problem($"Top-p lies above 0 and up to 1, not at {sampling.TopP}.");
        if (!(sampling.MinP >= 0 && sampling.MinP < 1)) return Problem($"Min-p lies from 0 to below 1, not at {sampling.MinP}.");
        if (!(sampling.RepetitionPenalty > 0 && sampling.RepetitionPenalty <= RepetitionPenalty)) return Problem($"The repetition penalty lies above 0 and up to {RepetitionPenalty}, not at {sampling.RepetitionPenalty}.");
        if (sampling.Seed is < 0 or > LargestSeed) return Problem($"A seed lies between 0 and {LargestSeed}.");
        return null;
    }

    private static RequestProblem Problem(FormattableString sentence) => new(sentence.ToString(CultureInfo.InvariantCulture));
}
