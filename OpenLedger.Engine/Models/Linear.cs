using System.Diagnostics.CodeAnalysis;
using OpenLedger.Engine.Adapters;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>One linear layer of the base, with an adapter's low-rank part added beside it and never merged. Owns its weight and bias.</summary>
internal sealed class Linear(string name, LinearWeight weight, Tensor? bias) : IDisposable
{
    private readonly string _weightName = $"{name}.weight", _biasName = $"{name}.bias";

    /// <summary>The checkpoint's name.</summary>
    public string Name => name;

    /// <summary>float32 [out, in], for the caller's scope.</summary>
    public Tensor Weight => weight.Dense();

    /// <summary>Widths in the [out, in] view.</summary>
    public LinearShape Shape { get; init; }

    /// <summary>Whether the checkpoint, and so an adapter that brings it whole, stores the weight as [in, out].</summary>
    public bool Transposed { get; init; }

    /// <param name="transposed">Whether the checkpoint stores it as [in, out].</param>
    /// <param name="whole">Whether it stays in float32 whatever the base's form is.</param>
    public static Linear Load(WeightLoader loader, string name, long input, long output, bool transposed = false, bool whole = false)
    {
        LinearWeight weight = loader.RequireLinear($"{name}.weight", input, output, transposed, whole);
        return new Linear(name, weight, loader.Optional($"{name}.bias", output)) { Shape = new LinearShape(input, output), Transposed = transposed };
    }

    /// <summary>Turns a weight that was stored as [in, out] once, after loading.</summary>
    public void Turn() => (weight as DenseWeight)?.Turn();

    /// <summary>[..., in] to [..., out].</summary>
    public Tensor Forward(Tensor x, in Pass pass)
    {
        if (pass.Adapter is null) return weight.Product(x, bias);
        Tensor? replacement = pass.Replacement(_weightName), shift = pass.Replacement(_biasName) ?? bias;
        if (replacement is null && !pass.Adapter.Pairs.ContainsKey(name)) return weight.Product(x, shift);
        using DisposeScope scope = NewDisposeScope();
        if (Transposed) replacement = replacement?.t();
        if (!pass.Adapter.TryGet(name, out LoraPair? pair)) return nn.functional.linear(x, replacement!, shift).MoveToOuterDisposeScope();
        Tensor dense = replacement ?? weight.Dense();
        Tensor flat = x.reshape(-1, x.shape[^1]);                                               // [places, in]
        Tensor own = nn.functional.linear(flat, dense, pair.Magnitude is null ? shift : null);  // [places, out]
        if (pair.Origin is { } origin) AddUpdate(own, flat, origin, -origin.Scale);
        AddUpdate(own, pass.Dropout > 0 ? nn.functional.dropout(flat, pass.Dropout, training: true) : flat, pair, pair.Scale);
        if (pair.BiasOnB is { } onB) own = own + onB * pair.Scale;
        if (pair.Magnitude is not null)
        {
            own = own * (pair.Magnitude / RowLengths(dense, pair));
            if (shift is not null) own = own + shift;
        }
        return own.reshape([.. x.shape[..^1], own.shape[1]]).MoveToOuterDisposeScope();
    }

    /// <summary>Whether <see cref="Back"/> knows the way: the base alone, or with a plain pair on it.</summary>
    public bool KnowsWayBack(in Pass pass)
    {
        if (pass.Adapter is null) return true;
        if (pass.Replacement(_weightName) is not null || pass.Replacement(_biasName) is not null) return false;
        return !HasPair(pass, out LoraPair? pair) || (pass.Dropout == 0 && pair is { Magnitude: null, Origin: null, BiasOnB: null });
    }

    /// <summary>Whether an adapter's pair stands on it.</summary>
    public bool HasPair(in Pass pass, [NotNullWhen(true)] out LoraPair? pair)
    {
        pair = null;
        return pass.Adapter?.TryGet(name, out pair) ?? false;
    }

    /// <summary>Adds to the pair's gradients, and gives the gradient on the input: with y = x Wᵀ + s (x Aᵀ) Bᵀ, dA = s (g B)ᵀ x, dB = s gᵀ (x Aᵀ), dx = g W + s (g B) A.</summary>
    /// <param name="gradient">On the output, [..., out].</param>
    /// <param name="x">The input, [..., in]; asked for only where a pair stands on it.</param>
    public Tensor Back(Tensor gradient, Func<Tensor> x, in Pass pass)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        Tensor given = gradient.flatten(0, -2);                                              // [places, out]
        Tensor before = given.mm(weight.Dense());                                            // [places, in]
        if (HasPair(pass, out LoraPair? pair))
        {
            Tensor read = x().flatten(0, -2), narrow = given.mm(pair.B).mul_(pair.Scale);   // [places, in], [places, rank]
            AddTo(pair.A, narrow.t().mm(read));
            AddTo(pair.B, given.t().mm(read.mm(pair.A.t())).mul_(pair.Scale));
            before.addmm_(narrow, pair.A, beta: 1, alpha: 1);
        }
        before = before.view([.. gradient.shape[..^1], before.shape[1]]);
        return before.MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        weight.Dispose();
        bias?.Dispose();
    }

    // Added within the product: the wide update never stands in memory by itself.
    private static void AddUpdate(Tensor own, Tensor x, LoraPair pair, double scale) =>
        own.addmm_(nn.functional.linear(x, pair.A), pair.B.t(), beta: 1, alpha: (float)scale);

    private static void AddTo(Tensor parameter, Tensor gradient)
    {
        if (!parameter.requires_grad) return;
        if (parameter.grad is Tensor sum) sum.add_(gradient);
        else parameter.grad = gradient;   // which holds it from here on
    }

    // DoRA, section 4.3: the norm counts as a constant in the backward pass.
    private static Tensor RowLengths(Tensor weight, LoraPair pair)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        return (weight + pair.B.mm(pair.A) * pair.Scale).norm(1).MoveToOuterDisposeScope();   // [out]
    }
}
