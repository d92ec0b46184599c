using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>Cross entropy over the learned tokens, a few positions at a time, so that a batch's logits never stand in memory at once. Knows no weights.</summary>
/// <remarks>Each chunk is carried back to its hidden states before the next is computed; the caller carries those further into the decoder.</remarks>
public static class AnswerLoss
{
    // 128 x 49,152 logits in float32 are 25 MB: large enough for full speed of the product, small beside the decoder's own activations.
    internal const int ChunkPositions = 128;

    /// <summary>The summed loss in nats, and its gradient [learned, width] on the hidden states, times <paramref name="weight"/>.</summary>
    /// <param name="head">Hidden states [n, width] to logits [n, vocabulary].</param>
    /// <param name="hidden">float [learned, width].</param>
    /// <param name="targets">int64 [learned].</param>
    public static (double Sum, Tensor Gradient) WithGradient(Func<Tensor, Tensor> head, Tensor hidden, Tensor targets, double weight)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor gradient = empty_like(hidden);
        double sum = 0;
        for (long start = 0; start < hidden.shape[0]; start += ChunkPositions)
            sum += Backward(head, hidden, targets, weight, gradient, start, Math.Min(ChunkPositions, hidden.shape[0] - start));
        return (sum, gradient.MoveToOuterDisposeScope());
    }

    /// <summary>The summed loss in nats, without gradients.</summary>
    public static double Sum(Func<Tensor, Tensor> head, Tensor hidden, Tensor targets)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        double sum = 0;
        for (long start = 0; start < hidden.shape[0]; start += ChunkPositions)
        {
            using DisposeScope chunk = NewDisposeScope();
            long count = Math.Min(ChunkPositions, hidden.shape[0] - start);
            sum += CrossEntropy(head(hidden.narrow(0, start, count)), targets.narrow(0, start, count)).ToDouble();
        }
        return sum;
    }

    /// <summary>Each target's log-probability [learned], without gradients.</summary>
    public static Tensor LogProbabilities(Func<Tensor, Tensor> head, Tensor hidden, Tensor targets)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        List<Tensor> parts = [];
        for (long start = 0; start < hidden.shape[0]; start += ChunkPositions)
        {
            using DisposeScope chunk = NewDisposeScope();
            long count = Math.Min(ChunkPositions, hidden.shape[0] - start);
            Tensor losses = nn.functional.cross_entropy(head(hidden.narrow(0, start, count)), targets.narrow(0, start, count), reduction: nn.Reduction.None);
            parts.Add(losses.neg().MoveToOuterDisposeScope());
        }
        return cat(parts, 0).MoveToOuterDisposeScope();
    }

    /// <summary>The gradient [learned, width] of the losses' weighted sum on the hidden states.</summary>
    /// <param name="weights">float32 [learned].</param>
    public static Tensor Gradient(Func<Tensor, Tensor> head, Tensor hidden, Tensor targets, Tensor weights)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor gradient = empty_like(hidden);
        for (long start = 0; start < hidden.shape[0]; start += ChunkPositions)
        {
            using DisposeScope chunk = NewDisposeScope();
            long count = Math.Min(ChunkPositions, hidden.shape[0] - start);
            Tensor leaf = hidden.narrow(0, start, count).detach().requires_grad_(true);
            Tensor losses = nn.functional.cross_entropy(head(leaf), targets.narrow(0, start, count), reduction: nn.Reduction.None);
            (losses * weights.narrow(0, start, count)).sum().backward();
            using IDisposable noGradient = no_grad();
            gradient.narrow(0, start, count).copy_(leaf.grad!);
        }
        return gradient.MoveToOuterDisposeScope();
    }

    private static double Backward(Func<Tensor, Tensor> head, Tensor hidden, Tensor targets, double weight, Tensor gradient, long start, long count)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor leaf = hidden.narrow(0, start, count).detach().requires_grad_(true); // [chunk, width]
        Tensor logits = head(leaf);
        Tensor own = logits.detach();   // the same numbers, turned into their gradient where they stand
        double loss = CrossEntropyGradient.Turn(own, targets.narrow(0, start, count), weight);
        autograd.backward(logits, own);
        using IDisposable noGradient = no_grad();
        gradient.narrow(0, start, count).copy_(leaf.grad!);
        return loss;
    }

    private static Tensor CrossEntropy(Tensor logits, Tensor targets) =>
        nn.functional.cross_entropy(logits, targets, reduction: nn.Reduction.Sum);
}
