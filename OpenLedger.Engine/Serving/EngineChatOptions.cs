using Microsoft.Extensions.AI;

namespace OpenLedger.Engine.Serving;

/// <summary>What the engine offers beyond <see cref="ChatOptions"/>, carried in its additional properties under typed names.</summary>
public static class EngineChatOptions
{
    private const string AdapterKey = "openledger.adapter", BiasKey = "openledger.bias", ContrastKey = "openledger.contrast", MinPKey = "min_p", PenaltyKey = "repetition_penalty";

    /// <summary>Answers with an adapter over the base.</summary>
    public static ChatOptions WithAdapter(this ChatOptions options, ServedAdapter? adapter) => Set(options, AdapterKey, adapter);

    /// <summary>Leads the answer towards passages.</summary>
    public static ChatOptions WithPassageBias(this ChatOptions options, PassageBias? bias) => Set(options, BiasKey, bias);

    /// <summary>Decodes with regard to the passages' effect.</summary>
    public static ChatOptions WithContrast(this ChatOptions options, ContextContrast? contrast) => Set(options, ContrastKey, contrast);

    /// <summary>Sets all sampling values at once.</summary>
    public static ChatOptions WithSampling(this ChatOptions options, SamplingOptions sampling)
    {
        (options.Temperature, options.TopP, options.TopK, options.Seed) = ((float)sampling.Temperature, (float)sampling.TopP, sampling.TopK, sampling.Seed);
        return Set(Set(options, MinPKey, sampling.MinP), PenaltyKey, sampling.RepetitionPenalty);
    }

    /// <summary>The request that options describe.</summary>
    internal static GenerationRequest ToRequest(ChatOptions? options, IReadOnlyList<int> prompt)
    {
        SamplingOptions usual = new();
        GenerationRequest request = new(prompt);
        return request with
        {
            Sampling = usual with
            {
                Temperature = Single(options?.Temperature) ?? usual.Temperature,
                TopP = Single(options?.TopP) ?? usual.TopP,
                TopK = options?.TopK ?? usual.TopK,
                Seed = options?.Seed,
                MinP = Number(options, MinPKey) ?? usual.MinP,
                RepetitionPenalty = Number(options, PenaltyKey) ?? usual.RepetitionPenalty,
            },
            MaxTokens = options?.MaxOutputTokens ?? request.MaxTokens,
            Stops = [.. options?.StopSequences ?? []],
            Adapter = Get<ServedAdapter>(options, AdapterKey),
            Bias = Get<PassageBias>(options, BiasKey),
            Contrast = Get<ContextContrast>(options, ContrastKey),
        };
    }

    private static ChatOptions Set(ChatOptions options, string key, object? value)
    {
        (options.AdditionalProperties ??= [])[key] = value;
        return options;
    }

    private static T? Get<T>(ChatOptions? options, string key) where T : class => options?.AdditionalProperties?.GetValueOrDefault(key) as T;

    private static double? Number(ChatOptions? options, string key) => options?.AdditionalProperties?.GetValueOrDefault(key) switch { double number => number, float number => Single(number), int number => number, _ => null };

    // 0.7f is written 0.7, not 0.699999988: a receipt shows what was asked for.
    private static double? Single(float? number) => number is null ? null : (double)(decimal)number.Value;
}
