using System.Numerics.Tensors;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace OpenLedger.Engine.Training;

/// <summary>Cross entropy and its gradient in the logits' own memory: softmax minus the one that was right. Knows no weights.</summary>
internal static class CrossEntropyGradient
{
    /// <summary>Turns logits [positions, vocabulary] into the gradient of their weighted losses; gives the losses' plain sum in nats.</summary>
    /// <param name="targets">int64 [positions].</param>
    public static double Turn(Tensor logits, Tensor targets, double weight)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        long[] right = targets.cpu().data<long>().ToArray();
        return logits.device_type == DeviceType.CPU ? TurnInCache(new Floats(logits), right, (float)weight) : TurnOnDevice(logits, targets, weight);
    }

    // A row lies in the second cache while it is read five times.
    private static double TurnInCache(Floats logits, long[] right, float weight)
    {
        int vocabulary = (int)(logits.Length / right.Length);
        double[] losses = new double[right.Length];
        Floats.InBlocks(right.Length, 1, (row, _) =>
        {
            Span<float> one = logits.Part(row * vocabulary, vocabulary);
            TensorPrimitives.Subtract(one, TensorPrimitives.Max<float>(one), one);
            float chosen = one[(int)right[row]];
            TensorPrimitives.Exp(one, one);
            float sum = TensorPrimitives.Sum<float>(one);
            losses[row] = Math.Log(sum) - chosen;
            TensorPrimitives.Multiply(one, weight / sum, one);
            one[(int)right[row]] -= weight;
        });
        return losses.Sum();
    }

    private static double TurnOnDevice(Tensor logits, Tensor targets, double weight)
    {
        Tensor chosen = logits.gather(1, targets.unsqueeze(1)), all = logits.logsumexp(1, keepdim: true);
        double sum = (all - chosen).sum().ToDouble();
        logits.sub_(all).exp_().scatter_add_(1, targets.unsqueeze(1), full_like(chosen, -1)).mul_(weight);
        return sum;
    }
}
