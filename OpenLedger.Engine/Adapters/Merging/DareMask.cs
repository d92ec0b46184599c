using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Adapters.Merging;

/// <summary>Which matrix of a module a mask is for.</summary>
public enum MergeMatrix { A, B, Whole }

/// <summary>Says which numbers of one matrix stay, as zeros and ones of its shape.</summary>
/// <param name="module">The module's name.</param>
/// <param name="source">Place of the adapter in the merge, from 0.</param>
public delegate Tensor DareMask(string module, MergeMatrix matrix, int source, long[] shape);

/// <summary>Draws DARE's masks from a seed, in the order in which they are asked for. Knows no adapter.</summary>
internal static class SeededMask
{
    public static DareMask Of(Generator random, double density) => (_, _, _, shape) =>
    {
        using DisposeScope scope = NewDisposeScope();
        return rand(shape, generator: random).lt(density).to(float32).MoveToOuterDisposeScope();
    };
}
