using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>Layer normalisation with the weights of one place in a BERT encoder.</summary>
internal sealed class BertNorm(BertWeights weights, string name, BertConfig config)
{
    private readonly Tensor _weight = weights.Get($"{name}.weight", config.Width);
    private readonly Tensor _bias = weights.Get($"{name}.bias", config.Width);

    /// <summary>[..., width] to the same shape.</summary>
    public Tensor Of(Tensor hidden) => nn.functional.layer_norm(hidden, [config.Width], _weight, _bias, config.NormEpsilon);
}
