using System.Numerics.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace OpenLedger.Engine.Models;

/// <summary>RMS normalisation and its way back, row by row in the processor's cache (Zhang and Sennrich, arXiv 1910.07467). Knows no names.</summary>
internal static class RootMeanSquare
{
    private const int RowsAtOnce = 8;

    /// <summary>[..., width] to the same, and one over each row's root mean square.</summary>
    /// <param name="scale">float32 [width].</param>
    public static (Tensor Output, float[] Inverse) Forward(Tensor x, Tensor scale, double epsilon)
    {
        Tensor output = empty_like(x);
        int width = (int)x.shape[^1];
        Floats from = new(x), by = new(scale), into = new(output);
        float[] inverse = new float[from.Length / width];
        Floats.InBlocks(inverse.Length, RowsAtOnce, (first, count) =>
        {
            for (long row = first; row < first + count; row++)
            {
                ReadOnlySpan<float> numbers = from.Part(row * width, width);
                Span<float> normed = into.Part(row * width, width);
                inverse[row] = (float)(1 / Math.Sqrt(TensorPrimitives.SumOfSquares(numbers) / width + epsilon));
                TensorPrimitives.Multiply(numbers, inverse[row], normed);
                TensorPrimitives.Multiply(normed, by.Part(0, width), normed);
            }
        });
        return (output, inverse);
    }

    /// <summary>The gradient on x: with t = gradient * scale, t / rms - x (t·x) / (width rms³).</summary>
    public static Tensor Backward(Tensor gradient, Tensor x, Tensor scale, float[] inverse)
    {
        Tensor before = empty_like(x);
        int width = (int)x.shape[^1];
        Floats given = new(gradient), from = new(x), by = new(scale), into = new(before);
        Floats.InBlocks(inverse.Length, RowsAtOnce, (first, count) =>
        {
            for (long row = first; row < first + count; row++)
            {
                ReadOnlySpan<float> numbers = from.Part(row * width, width);
                Span<float> t = into.Part(row * width, width);
                TensorPrimitives.Multiply(given.Part(row * width, width), by.Part(0, width), t);
                float along = -TensorPrimitives.Dot(t, numbers) * inverse[row] * inverse[row] / width;
                TensorPrimitives.MultiplyAdd(numbers, along, t, t);
                TensorPrimitives.Multiply(t, inverse[row], t);
            }
        });
        return before;
    }
}
