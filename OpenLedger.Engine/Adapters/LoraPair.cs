using Tensor = TorchSharp.torch.Tensor;

namespace OpenLedger.Engine.Adapters;

/// <summary>The low-rank update of one module: Scale * B·A, with what some variants add. Its owner is <see cref="LoraWeights"/>.</summary>
/// <param name="A">[rank, in]; on an embedding [rank, vocabulary].</param>
/// <param name="B">[out, rank]; on an embedding [width, rank].</param>
public sealed record LoraPair(Tensor A, Tensor B, double Scale)
{
    /// <summary>DoRA's magnitude [out].</summary>
    public Tensor? Magnitude { get; init; }

    /// <summary>A bias on B [out], multiplied by <see cref="Scale"/>.</summary>
    public Tensor? BiasOnB { get; init; }
}
