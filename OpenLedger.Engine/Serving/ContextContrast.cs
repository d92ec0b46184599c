using System.Numerics.Tensors;

namespace OpenLedger.Engine.Serving;

/// <summary>
/// Context-aware decoding (Shi et al. 2023, arXiv 2305.14739): what the passages change about the next token counts more. Costs a second pass.
/// </summary>
/// <param name="PromptWithout">The same prompt without its passages, as token ids.</param>
/// <param name="Strength">a of (1 + a) with - a without. Default 0.5.</param>
/// <param name="Nats">Only tokens whose logit with the passages is that close to the best. Default 3.</param>
public sealed record ContextContrast(IReadOnlyList<int> PromptWithout, float Strength = 0.5f, float Nats = 3)
{
    /// <summary>Changes the logits with passages by those without.</summary>
    public void Apply(Span<float> with, ReadOnlySpan<float> without)
    {
        float least = TensorPrimitives.Max<float>(with) - Nats;
        for (int i = 0; i < with.Length; i++)
            with[i] = with[i] < least ? float.NegativeInfinity : (1 + Strength) * with[i] - Strength * without[i];
    }
}
