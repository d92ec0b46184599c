using Tensor = TorchSharp.torch.Tensor;

namespace OpenLedger.Engine.Training;

/// <summary>Which parameters weight decay shrinks, as transformers' Trainer chooses. Knows no optimiser.</summary>
public static class ShrinkingParameters
{
    /// <summary>A, B, DoRA's lengths and whole matrices shrink; biases and the weights of norms do not.</summary>
    public static bool Has(string name, Tensor value) =>
        !name.EndsWith(".bias", StringComparison.Ordinal) && (value.dim() > 1 || name.EndsWith(".lora_magnitude_vector", StringComparison.Ordinal));
}
