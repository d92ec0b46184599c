using OpenLedger.Engine.Adapters;

namespace OpenLedger.Engine.Models;

/// <summary>What one forward pass carries through the layers beside the hidden states.</summary>
/// <param name="Adapter">The adapter to apply unmerged; null for the base alone.</param>
/// <param name="Dropout">Share of each adapted linear's low-rank input that is dropped; 0 outside training.</param>
internal readonly record struct Pass(LoraWeights? Adapter, double Dropout)
{
    /// <summary>The adapter's own tensor in place of a base one, or null.</summary>
    public TorchSharp.torch.Tensor? Replacement(string name) => Adapter is { Replacements.Count: > 0 } ? Adapter.Replacements.GetValueOrDefault(name) : null;
}
