using System.Numerics.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace OpenLedger.Engine.Models;

/// <summary>silu(gate) * up and its way back, block by block in the processor's cache: nothing between the two is written to memory. Knows no weights.</summary>
internal static class GatedSilu
{
    private const int Block = 2048;   // three blocks of floats lie in the first cache

    /// <summary>[..., inner], both.</summary>
    public static Tensor Forward(Tensor gate, Tensor up)
    {
        if (gate.device_type != DeviceType.CPU) return nn.functional.silu(gate) * up;
        Tensor inner = empty_like(gate);
        Floats g = new(gate), u = new(up), into = new(inner);
        Floats.InBlocks(g.Length, Block, (start, length) =>
        {
            Span<float> open = into.Part(start, length);
            TensorPrimitives.Sigmoid(g.Part(start, length), open);
            TensorPrimitives.Multiply(open, g.Part(start, length), open);
            TensorPrimitives.Multiply(open, u.Part(start, length), open);
        });
        return inner;
    }

    /// <summary>Turns gate and up, in place, into the gradients on them.</summary>
    /// <param name="gradient">On the product.</param>
    public static void Backward(Tensor gradient, Tensor gate, Tensor up)
    {
        Floats d = new(gradient), g = new(gate), u = new(up);
        Floats.InBlocks(g.Length, Block, (start, length) =>
        {
            Span<float> sigmoid = stackalloc float[length], silu = stackalloc float[length];
            Span<float> gates = g.Part(start, length), ups = u.Part(start, length), given = d.Part(start, length);
            TensorPrimitives.Sigmoid(gates, sigmoid);
            TensorPrimitives.Multiply(gates, sigmoid, silu);
            // silu' = s + silu (1 - s) = s + silu - silu s
            TensorPrimitives.Multiply(silu, sigmoid, gates);
            TensorPrimitives.Subtract(silu, gates, gates);
            TensorPrimitives.Add(gates, sigmoid, gates);
            TensorPrimitives.Multiply(gates, ups, gates);
            TensorPrimitives.Multiply(gates, given, gates);
            TensorPrimitives.Multiply(silu, given, ups);
        });
    }
}
