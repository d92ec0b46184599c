using Tensor = TorchSharp.torch.Tensor;

namespace OpenLedger.Engine.Adapters;

/// <summary>The low-rank update of one module: Scale * B·A, with what some variants add. Its owner is <see cref="LoraWeights"/>.</summary>
/// <param name="A">[rank, in]; on an embedding [rank, vocabulary].</param>
/// <param name="B">[out, rank]; on an embedding [width, rank].</param>
public sealed record LoraPair(Tensor A, Tensor B, double Scale)
{
    /// <summary>DoRA's magnitude [out].</summary>
    public Tensor? Magnitude { get; init; }

    /// <summary>What of the base's own weight the pair began with (PiSSA): taken off the base, so that the pair stands in its place. Never learns.</summary>
    public LoraPair? Origin { get; init; }

    /// <summary>A bias on B [out], multiplied by <see cref="Scale"/>.</summary>
    public Tensor? BiasOnB { get; init; }
}
