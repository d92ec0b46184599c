namespace OpenLedger.Engine.Models;

/// <summary>What configurations call the activations of a feed-forward (transformers' ACT2FN). Computes none.</summary>
internal static class LayerActivation
{
    /// <exception cref="ModelException">The activation is not supported.</exception>
    public static Activation Named(string name) => name switch
    {
        "silu" or "swish" => Activation.Silu,
        "gelu" or "gelu_python" => Activation.Gelu,
        "gelu_new" or "gelu_pytorch_tanh" or "gelu_fast" or "gelu_python_tanh" or "gelu_accurate" => Activation.GeluTanh,
        "quick_gelu" => Activation.QuickGelu,
        "relu" => Activation.Relu,
        "tanh" => Activation.Tanh,
        _ => throw new ModelException($"config.json: the activation '{name}' is not supported; silu, gelu, gelu_new, gelu_pytorch_tanh, quick_gelu, relu and tanh are"),
    };
}
