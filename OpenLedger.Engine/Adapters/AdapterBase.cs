using System.Diagnostics.CodeAnalysis;
using TorchSharp;

namespace OpenLedger.Engine.Adapters;

/// <summary>What an adapter can stand on: the names and sizes of a base model's parts. Holds no weights itself.</summary>
/// <param name="Linears">Linear layers by checkpoint name (<c>model.layers.0.self_attn.q_proj</c>), without the output layer.</param>
public sealed record AdapterBase(IReadOnlyDictionary<string, LinearShape> Linears)
{
    /// <summary>The output layer's name and shape.</summary>
    public KeyValuePair<string, LinearShape>? Head { get; init; }

    /// <summary>The token embedding's name; In is the vocabulary, Out the width.</summary>
    public KeyValuePair<string, LinearShape>? Embedding { get; init; }

    /// <summary>Shapes of every weight and bias by full name, for adapters that replace some.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> Tensors { get; init; } = new Dictionary<string, IReadOnlyList<long>>();

    /// <summary>Whether the checkpoint stores its linear weights as [in, out] (GPT-2): written into PEFT's <c>fan_in_fan_out</c>.</summary>
    public bool Transposed { get; init; }

    /// <summary>A linear layer's own weight, float32 [out, in], for the caller's scope; null where the base is not loaded as it was saved.</summary>
    public Func<string, torch.Tensor>? WeightOf { get; init; }

    /// <summary>Whether the module can carry LoRA, and its widths.</summary>
    public bool TryShape(string module, out LinearShape shape)
    {
        if (Linears.TryGetValue(module, out shape)) return true;
        foreach (KeyValuePair<string, LinearShape>? one in (ReadOnlySpan<KeyValuePair<string, LinearShape>?>)[Head, Embedding])
        {
            if (one?.Key != module) continue;
            shape = one.Value.Value;
            return true;
        }
        return false;
    }

    /// <summary>Whether the output layer is the embedding itself.</summary>
    public bool IsTied => Head is { } head && Tensors.Count > 0 && !Tensors.ContainsKey(head.Key + ".weight");

    /// <summary>Modules with weights of their own, adaptable or not: what can be trained whole.</summary>
    public IEnumerable<string> Parts => Tensors.Keys.Select(ModuleName.Of).Concat(Head is { } head ? [head.Key] : []).Distinct(StringComparer.Ordinal);

    /// <summary>The shape of a weight or bias by full name; a tied output layer has the embedding's.</summary>
    public bool TryTensor(string name, [NotNullWhen(true)] out IReadOnlyList<long>? shape)
    {
        if (Tensors.TryGetValue(name, out shape)) return true;
        shape = IsTied && name == Head!.Value.Key + ".weight" ? [Head.Value.Value.Out, Head.Value.Value.In] : null;
        return shape is not null;
    }

    /// <summary>The weights and biases of a module, by full name.</summary>
    public IEnumerable<string> TensorsOf(string module) =>
        new[] { $"{module}.weight", $"{module}.bias" }.Where(name => TryTensor(name, out _));

    /// <summary>Every module that a name list or pattern may pick.</summary>
    public IEnumerable<string> Modules => Linears.Keys.Concat(Head is { } head ? [head.Key] : []).Concat(Embedding is { } table ? [table.Key] : []);
}
