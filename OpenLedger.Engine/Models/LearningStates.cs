using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>The hidden states of one pass, and the way back from them to the adapter's gradients. Knows no loss.</summary>
/// <remarks>
/// Without recomputing, autograd's graph holds what the way back needs. With it, only what goes from stage to stage is held, and each stage is
/// read again on the way back (Chen et al., "Training deep nets with sublinear memory cost", arXiv 1604.06174).
/// </remarks>
public sealed class LearningStates : IDisposable
{
    private readonly IReadOnlyList<Func<Tensor, Tensor>> _stages;
    private readonly int _lowest;
    private readonly IDisposable _reading;
    private readonly Tensor?[] _inputs;   // by stage; empty where autograd's graph holds them

    /// <param name="stages">From tokens to embedded tokens, through each layer, to the normed hidden states.</param>
    /// <param name="lowest">The first stage in which something learns; as many as there are stages where none does.</param>
    internal LearningStates(IReadOnlyList<Func<Tensor, Tensor>> stages, Tensor ids, int lowest, bool recompute, IDisposable reading)
    {
        (_stages, _lowest, _reading) = (stages, lowest, reading);
        _inputs = new Tensor?[recompute ? stages.Count : 0];
        Hidden = recompute ? ReadKeepingInputs(ids) : Read(ids);
    }

    /// <summary>float32 [batch, tokens, width]; padding holds numbers without meaning.</summary>
    public Tensor Hidden { get; }

    /// <summary>Carries the gradient on the hidden states back and adds it to the adapter's own. Once only.</summary>
    public void Backward(Tensor gradient)
    {
        if (_lowest >= _stages.Count) return;   // only the output layer learns
        if (_inputs.Length == 0) autograd.backward(Hidden, gradient);
        else ReadBack(gradient);
    }

    public void Dispose()
    {
        Hidden.Dispose();
        foreach (Tensor? input in _inputs) input?.Dispose();
        _reading.Dispose();
    }

    private Tensor Read(Tensor ids)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _stages[0](ids);
        foreach (Func<Tensor, Tensor> stage in _stages.Skip(1))
        {
            Tensor next = stage(x);
            x.Dispose();   // what the way back needs, the graph holds itself
            x = next;
        }
        return x.DetachFromDisposeScope();
    }

    private Tensor ReadKeepingInputs(Tensor ids)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ids.alias();
        for (int i = 0; i < _stages.Count; i++)
        {
            _inputs[i] = x.DetachFromDisposeScope();
            x = _stages[i](x);
        }
        return x.DetachFromDisposeScope();
    }

    private void ReadBack(Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        for (int i = _stages.Count - 1; i >= _lowest; i--)
        {
            using DisposeScope one = NewDisposeScope();
            Tensor input = i > _lowest ? _inputs[i]!.detach().requires_grad_(true) : _inputs[i]!;
            autograd.backward(_stages[i](input), gradient);
            if (i < _stages.Count - 1) gradient.Dispose();   // the first is the caller's
            if (i > _lowest) gradient = input.grad!.MoveToOuterDisposeScope();
            _inputs[i]!.Dispose();
            _inputs[i] = null;
        }
    }
}
