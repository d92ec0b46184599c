using OpenLedger.Engine.Adapters;
using Tensor = TorchSharp.torch.Tensor;

namespace OpenLedger.Engine.Models;

/// <summary>What is read to be learned from, and how. Holds no weights of its own and knows no targets.</summary>
/// <param name="Ids">int64 [batch, tokens], padded on the right.</param>
/// <param name="Adapter">What learns; null for the base alone.</param>
public sealed record LearningPass(Tensor Ids, LoraWeights? Adapter)
{
    /// <summary>Lengths of the texts that stand one behind another in the single row; null where each row is a text.</summary>
    public IReadOnlyList<int>? Texts { get; init; }

    /// <summary>Added to the embedded tokens, [batch, tokens, width]; null for none.</summary>
    public Tensor? Noise { get; init; }

    /// <summary>Share of each adapted linear's low-rank input that is dropped.</summary>
    public double Dropout { get; init; }

    /// <summary>Start of the dropout's masks.</summary>
    public long Seed { get; init; }

    /// <summary>Whether layers are read again on the way back instead of keeping what they computed: less memory, a third more arithmetic.</summary>
    public bool Recompute { get; init; }
}
