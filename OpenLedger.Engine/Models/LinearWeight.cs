using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>The frozen weight of a linear layer, in whatever form it is held. Knows no adapter and no bias.</summary>
internal abstract class LinearWeight : IDisposable
{
    /// <summary>float32 [out, in], not to be changed or disposed: either held here, or made anew for the caller's scope.</summary>
    public abstract Tensor Dense();

    /// <summary>[..., in] to [..., out].</summary>
    public virtual Tensor Product(Tensor x, Tensor? bias)
    {
        using DisposeScope scope = NewDisposeScope();
        return nn.functional.linear(x, Dense(), bias).MoveToOuterDisposeScope();
    }

    public abstract void Dispose();
}
