using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>One layer's feed-forward part, gated or plain. Also serves as an expert of a <see cref="Mixture"/>.</summary>
internal sealed class FeedForward : IDisposable
{
    private readonly Activation _activation;
    private readonly Linear? _gate;
    private readonly Linear _up, _down;
    private readonly bool _fusedGate;

    /// <param name="prefix">What precedes the part's names, as <c>model.layers.0.</c>.</param>
    public FeedForward(WeightLoader loader, ModelConfig config, WeightNames names, string prefix, long inner)
    {
        (_activation, _fusedGate) = (config.Activation, config.FusedGate);
        Linear Load(string name, long input, long output) => Linear.Load(loader, prefix + name, input, output, config.Transposed);
        if (config is { Gated: true, FusedGate: false }) _gate = Load(names.Gate, config.Width, inner);
        _up = Load(names.Up, config.Width, config.FusedGate ? 2 * inner : inner);
        _down = Load(names.Down, inner, config.Width);
    }

    /// <summary>The linear layers that an adapter may stand on.</summary>
    public IEnumerable<Linear> Linears => _gate is null ? [_up, _down] : [_gate, _up, _down];

    /// <summary>[..., width] to the same.</summary>
    public Tensor Forward(Tensor x, in Pass pass)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor up = _up.Forward(x, pass);
        Tensor inner;
        if (_fusedGate)
        {
            long half = up.shape[^1] / 2, last = up.dim() - 1;
            inner = Act(up.narrow(last, 0, half)) * up.narrow(last, half, half);
        }
        else inner = _gate is null ? Act(up) : Act(_gate.Forward(x, pass)) * up;
        return _down.Forward(inner, pass).MoveToOuterDisposeScope();
    }

    /// <summary>The same, to learn through: gate and up are kept, what was made of them is made again.</summary>
    public LearnedPart Learn(Tensor x, Pass pass)
    {
        if (_gate is null || _activation != Activation.Silu || x.device_type != DeviceType.CPU || Linears.Any(linear => !linear.KnowsWayBack(pass)))
            return LearnedPart.Through(x, input => Forward(input, pass));
        using IDisposable constant = no_grad();
        Tensor gate = _gate.Forward(x, pass), up = _up.Forward(x, pass);   // each [..., inner]
        using Tensor inner = GatedSilu.Forward(gate, up);
        Tensor? input = _gate.HasPair(pass, out _) || _up.HasPair(pass, out _) ? x.alias() : null;
        return new LearnedPart(_down.Forward(inner, pass), gradient =>
        {
            GatedSilu.Backward(_down.Back(gradient, () => GatedSilu.Forward(gate, up), pass), gate, up);
            return _gate.Back(gate, () => input!, pass).add_(_up.Back(up, () => input!, pass));
        }, [gate, up, .. input is null ? Array.Empty<Tensor>() : [input]]);
    }

    public void Dispose()
    {
        foreach (Linear linear in Linears) linear.Dispose();
    }

    private Tensor Act(Tensor x) => _activation switch
    {
        Activation.Silu => nn.functional.silu(x),
        Activation.Gelu => x.gelu(),
        Activation.GeluTanh => x.gelu(TorchSharp.Modules.GELU.Approximate.tanh),
        Activation.QuickGelu => x * (x * 1.702).sigmoid(),
        Activation.Relu => x.relu(),
        Activation.Tanh => x.tanh(),
    };
}
