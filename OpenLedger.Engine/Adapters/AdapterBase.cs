namespace OpenLedger.Engine.Adapters;

/// <summary>What an adapter can stand on: the names and sizes of a base model's parts. Holds no weights.</summary>
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

    /// <summary>Every module that a name list or pattern may pick.</summary>
    public IEnumerable<string> Modules => Linears.Keys.Concat(Head is { } head ? [head.Key] : []).Concat(Embedding is { } table ? [table.Key] : []);
}
