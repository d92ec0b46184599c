using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>Even noise on embedded tokens, so that a model learns what rows mean and not how they are spelt (NEFTune: Jain et al., arXiv 2310.05914). Knows no model.</summary>
public static class EmbeddingNoise
{
    /// <summary>Noise within ±alpha / sqrt(tokens x width) of a row, [batch, tokens, width]; padding counts among its row's tokens, as in the reference.</summary>
    public static Tensor Draw(RowBatch batch, long width, double alpha, long seed)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new((ulong)seed, CPU);   // drawn on the CPU, so that every device learns the same
        Tensor even = rand([batch.Ids.shape[0], batch.Ids.shape[1], width], generator: random).mul_(2).sub_(1);
        return even.mul_(Bounds(batch, width, alpha)).to(batch.Ids.device).MoveToOuterDisposeScope();
    }

    // [1, tokens, 1] where rows stand one behind another, else one number for all.
    private static Tensor Bounds(RowBatch batch, long width, double alpha)
    {
        if (batch.Texts is null) return tensor((float)(alpha / Math.Sqrt(batch.Ids.shape[1] * width)));
        float[] bounds = [.. batch.Texts.SelectMany(length => Enumerable.Repeat((float)(alpha / Math.Sqrt(length * width)), length))];
        return tensor(bounds, [1, bounds.Length, 1]);
    }
}
