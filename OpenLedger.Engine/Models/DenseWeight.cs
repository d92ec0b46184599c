using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>A weight held as it is used.</summary>
/// <param name="weight">[out, in].</param>
/// <param name="borrowed">Whether it belongs to another part (a tied output layer).</param>
internal sealed class DenseWeight(Tensor weight, bool borrowed = false) : LinearWeight
{
    private Tensor _weight = weight;

    public override Tensor Dense() => _weight;

    public override Tensor Product(Tensor x, Tensor? bias) => nn.functional.linear(x, _weight, bias);

    /// <summary>Turns a weight that was stored as [in, out] once, after loading.</summary>
    public void Turn()
    {
        Tensor stored = _weight;
        _weight = stored.t().contiguous().DetachFromDisposeScope();
        stored.Dispose();
    }

    public override void Dispose()
    {
        if (!borrowed) _weight.Dispose();
    }
}
