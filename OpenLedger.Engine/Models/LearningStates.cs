using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>The hidden states of one pass, and the way back from them to the adapter's gradients. Knows no loss.</summary>
/// <remarks>
/// Without recomputing, each part holds what its way back needs. With it, only what goes from stage to stage is held, and each stage is
/// read again on the way back (Chen et al., "Training deep nets with sublinear memory cost", arXiv 1604.06174).
/// </remarks>
public sealed class LearningStates : IDisposable
{
    private readonly IReadOnlyList<LearningStage> _stages;
    private readonly int _lowest;
    private readonly IDisposable _reading;
    private readonly List<LearnedPart> _parts = [];   // from the lowest stage up; empty where stages are read again
    private readonly Tensor?[] _inputs;               // by stage; empty where parts hold them

    /// <param name="stages">From tokens to embedded tokens, through each layer, to the normed hidden states.</param>
    /// <param name="lowest">The first stage in which something learns; as many as there are stages where only the output layer does.</param>
    internal LearningStates(IReadOnlyList<LearningStage> stages, Tensor ids, int lowest, bool recompute, IDisposable reading)
    {
        (_stages, _lowest, _reading) = (stages, lowest, reading);
        _inputs = new Tensor?[recompute ? stages.Count : 0];
        Hidden = Read(ids);
    }

    /// <summary>float32 [batch, tokens, width]; padding holds numbers without meaning.</summary>
    public Tensor Hidden { get; }

    /// <summary>Carries the gradient on the hidden states back and adds it to the adapter's own. Once only.</summary>
    public void Backward(Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        for (int i = _stages.Count - 1; i >= _lowest; i--)
        {
            Tensor? before = _inputs.Length == 0 ? _parts[i - _lowest].Back(gradient) : ReadAgain(i).Back(gradient);
            if (i < _stages.Count - 1) gradient.Dispose();   // the first is the caller's
            if (i > _lowest) gradient = before!;
        }
    }

    public void Dispose()
    {
        Hidden.Dispose();
        foreach (LearnedPart part in _parts) part.Dispose();
        foreach (Tensor? input in _inputs) input?.Dispose();
        _reading.Dispose();
    }

    private Tensor Read(Tensor ids)
    {
        using DisposeScope scope = NewDisposeScope();
        bool learns = is_grad_enabled();
        Tensor x = ids.alias();
        for (int i = 0; i < _stages.Count; i++)
        {
            Tensor next = learns && i >= _lowest && _inputs.Length == 0 ? Learn(i, x) : ReadOnly(i, x);
            if (learns && i >= _lowest && _inputs.Length > 0) _inputs[i] = x.DetachFromDisposeScope();
            else x.Dispose();   // what the way back needs, its part holds itself
            x = next;
        }
        return x.DetachFromDisposeScope();
    }

    private Tensor Learn(int stage, Tensor x)
    {
        _parts.Add(_stages[stage].Learn(x));
        return _parts[^1].Output;
    }

    private Tensor ReadOnly(int stage, Tensor x)
    {
        using IDisposable noGradient = no_grad();
        return _stages[stage].Read(x);
    }

    private LearnedPart ReadAgain(int stage)
    {
        using Tensor input = _inputs[stage]!;
        _inputs[stage] = null;
        return _stages[stage].Learn(input);
    }
}
