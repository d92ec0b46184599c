using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>What a part of the decoder computed, and the way back through it, with no more kept between than that needs. Knows no loss.</summary>
internal sealed class LearnedPart : IDisposable
{
    private readonly Func<Tensor, Tensor?> _back;
    private readonly IReadOnlyList<IDisposable> _kept;

    /// <param name="output">What it computed, without a graph of its own; the caller's.</param>
    /// <param name="back">From the gradient on the output to the gradient on the input, for the caller's scope; null where nobody asks for it.</param>
    /// <param name="kept">What the way back needs; this part's own from here on.</param>
    public LearnedPart(Tensor output, Func<Tensor, Tensor?> back, params IReadOnlyList<IDisposable> kept)
    {
        (Output, _back, _kept) = (output, back, kept);
        foreach (Tensor tensor in kept.OfType<Tensor>()) tensor.DetachFromDisposeScope();
    }

    /// <summary>The result, in the caller's scope.</summary>
    public Tensor Output { get; }

    /// <summary>A part whose way back autograd knows: its graph holds what it needs.</summary>
    /// <param name="x">Its input; tokens have no gradient.</param>
    public static LearnedPart Through(Tensor x, Func<Tensor, Tensor> part)
    {
        Tensor leaf = x.detach();
        if (x.is_floating_point()) leaf.requires_grad_(true);
        Tensor root = part(leaf);
        return new LearnedPart(root.detach(), gradient =>
        {
            if (root.requires_grad) autograd.backward(root, gradient);
            return leaf.grad;
        }, leaf, root);
    }

    /// <summary>Carries a gradient back and lets go of what was kept. Once only.</summary>
    public Tensor? Back(Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? before = _back(gradient)?.MoveToOuterDisposeScope();
        Dispose();
        return before;
    }

    public void Dispose()
    {
        foreach (IDisposable one in _kept) one.Dispose();
    }
}
