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

    public void Dispose()
    {
        weight.Dispose();
        bias?.Dispose();
    }

    // Added within the product: the wide update never stands in memory by itself.
    private static void AddUpdate(Tensor own, Tensor x, LoraPair pair, double scale) =>
        own.addmm_(nn.functional.linear(x, pair.A), pair.B.t(), beta: 1, alpha: (float)scale);

    // DoRA, section 4.3: the norm counts as a constant in the backward pass.
    private static Tensor RowLengths(Tensor weight, LoraPair pair)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        return (weight + pair.B.mm(pair.A) * pair.Scale).norm(1).MoveToOuterDisposeScope();   // [out]
    }
}
