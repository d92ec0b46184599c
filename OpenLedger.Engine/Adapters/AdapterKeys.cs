namespace OpenLedger.Engine.Adapters;

/// <summary>The names that tensors bear in a PEFT file. Knows no sizes.</summary>
internal static class AdapterKeys
{
    public const string Prefix = "base_model.model.";

    /// <summary>The file's key for a parameter of <see cref="LoraWeights.Parameters"/>.</summary>
    public static string Of(string parameter, LoraWeights weights)
    {
        int dot = parameter.LastIndexOf('.');
        string module = parameter[..dot], tail = parameter[(dot + 1)..];
        // PEFT wraps an adapted module, so the base's own tensors move one name deeper.
        bool wrapped = weights.Replacements.ContainsKey(parameter) && weights.Pairs.ContainsKey(module);
        return wrapped ? $"{Prefix}{module}.base_layer.{tail}" : Prefix + parameter;
    }

    /// <summary>The base tensor that a key replaces: <c>x.base_layer.bias</c> and older files' <c>x.bias</c> mean the same.</summary>
    public static string Replaced(string key) => key[Prefix.Length..].Replace(".base_layer.", ".", StringComparison.Ordinal);
}
