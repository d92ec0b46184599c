using Tensor = TorchSharp.torch.Tensor;

namespace OpenLedger.Engine.Training;

/// <summary>Lets B learn faster than A (LoRA+: Hayou et al., arXiv 2402.12354), grouped as PEFT groups. Knows no optimiser.</summary>
public static class LoraPlus
{
    // PEFT's default rate for adapters on an embedding, whatever the others' is.
    private const double EmbeddingRate = 1e-6;

    /// <summary>By how much each parameter's rate differs from <paramref name="peak"/>, the rate of A; null where <paramref name="ratio"/> is 0.</summary>
    public static Func<string, Tensor, double>? Rates(double ratio, double peak) => ratio <= 0 ? null : (name, value) =>
        name.Contains("lora_embedding_", StringComparison.Ordinal) ? EmbeddingRate / peak
        : name.Contains("lora_B", StringComparison.Ordinal) || value.dim() == 1 ? ratio
        : 1;
}
