using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>One normalisation over the last dimension. Owns its weight and bias.</summary>
internal sealed class Norm(string name, NormKind kind, double epsilon, Tensor weight, Tensor? bias) : IDisposable
{
    private readonly string _weightName = $"{name}.weight", _biasName = $"{name}.bias";

    /// <param name="epsilon">Added to the variance; null for the model's own.</param>
    public static Norm Load(WeightLoader loader, ModelConfig config, string name, long width, double? epsilon = null)
    {
        Tensor weight = loader.Require($"{name}.weight", width);
        return new Norm(name, config.Norm, epsilon ?? config.NormEpsilon, weight, config.Norm == NormKind.Layer ? loader.Optional($"{name}.bias", width) : null);
    }

    /// <summary>[..., width] to the same.</summary>
    public Tensor Forward(Tensor x, in Pass pass)
    {
        Tensor scale = pass.Replacement(_weightName) ?? weight;
        if (kind == NormKind.Layer) return nn.functional.layer_norm(x, [x.shape[^1]], scale, pass.Replacement(_biasName) ?? bias, epsilon);
        using DisposeScope scope = NewDisposeScope();
        Tensor root = x.mul(x).mean([-1], keepdim: true).add_(epsilon).rsqrt_();
        return x.mul(root).mul(kind == NormKind.RmsPlusOne ? scale + 1 : scale).MoveToOuterDisposeScope();
    }

    /// <summary>The same, to learn through: a weight that learns itself goes by autograd.</summary>
    public LearnedPart Learn(Tensor x, Pass pass)
    {
        if (kind == NormKind.Layer || x.device_type != DeviceType.CPU || pass.Replacement(_weightName) is not null) return LearnedPart.Through(x, input => Forward(input, pass));
        Tensor scale = kind == NormKind.RmsPlusOne ? weight + 1 : weight.alias();
        Tensor input = x.alias();
        (Tensor output, float[] inverse) = RootMeanSquare.Forward(input, scale, epsilon);
        return new LearnedPart(output, gradient => RootMeanSquare.Backward(gradient.contiguous(), input, scale, inverse), input, scale);
    }

    public void Dispose()
    {
        weight.Dispose();
        bias?.Dispose();
    }
}
