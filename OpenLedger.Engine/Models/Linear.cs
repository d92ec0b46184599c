using OpenLedger.Engine.Adapters;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>One linear layer of the base, with an adapter's low-rank part added beside it and never merged. Owns its weight and bias.</summary>
internal sealed class Linear : IDisposable
{
    private readonly string _weightName, _biasName;
    private readonly Tensor? _bias;
    private readonly bool _borrowed;

    /// <param name="weight">[out, in].</param>
    /// <param name="borrowed">Whether the weight belongs to another part (a tied output layer).</param>
    public Linear(string name, Tensor weight, Tensor? bias, bool borrowed = false)
    {
        (Name, Weight, _bias, _borrowed) = (name, weight, bias, borrowed);
        (_weightName, _biasName) = ($"{name}.weight", $"{name}.bias");
    }

    /// <summary>The checkpoint's name.</summary>
    public string Name { get; }

    /// <summary>[out, in].</summary>
    public Tensor Weight { get; private set; }

    /// <summary>Widths in the [out, in] view.</summary>
    public LinearShape Shape { get; init; }

    public static Linear Load(WeightLoader loader, string name, long input, long output, bool transposed = false)
    {
        Tensor weight = transposed ? loader.Require($"{name}.weight", input, output) : loader.Require($"{name}.weight", output, input);
        return new Linear(name, weight, loader.Optional($"{name}.bias", output)) { Shape = new LinearShape(input, output) };
    }

    /// <summary>Turns a weight that was stored as [in, out] once, after loading.</summary>
    public void Turn()
    {
        Tensor stored = Weight;
        Weight = stored.t().contiguous().DetachFromDisposeScope();
        stored.Dispose();
    }

    /// <summary>[..., in] to [..., out].</summary>
    public Tensor Forward(Tensor x, in Pass pass)
    {
        Tensor weight = Weight;
        Tensor? bias = _bias;
        if (pass.Adapter is null) return nn.functional.linear(x, weight, bias);
        weight = pass.Replacement(_weightName) ?? weight;
        bias = pass.Replacement(_biasName) ?? bias;
        if (!pass.Adapter.TryGet(Name, out LoraPair? pair)) return nn.functional.linear(x, weight, bias);
        using DisposeScope scope = NewDisposeScope();
        Tensor kept = pass.Dropout > 0 ? nn.functional.dropout(x, pass.Dropout, training: true) : x;
        Tensor narrow = nn.functional.linear(kept, pair.A).mul(pair.Scale);                     // [..., rank]
        Tensor update = nn.functional.linear(narrow, pair.B);                                   // [..., out]
        if (pair.BiasOnB is { } onB) update = update + onB * pair.Scale;
        if (pair.Magnitude is null) return (nn.functional.linear(x, weight, bias) + update).MoveToOuterDisposeScope();
        Tensor direction = nn.functional.linear(x, weight) + update;
        Tensor turned = direction * (pair.Magnitude / RowLengths(weight, pair));
        return (bias is null ? turned : turned + bias).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        if (!_borrowed) Weight.Dispose();
        _bias?.Dispose();
    }

    // DoRA, section 4.3: the norm counts as a constant in the backward pass.
    private static Tensor RowLengths(Tensor weight, LoraPair pair)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        return (weight + pair.B.mm(pair.A) * pair.Scale).norm(1).MoveToOuterDisposeScope();   // [out]
    }
}
