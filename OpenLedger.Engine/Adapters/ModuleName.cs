namespace OpenLedger.Engine.Adapters;

/// <summary>Reads the dotted names of a base's parts (<c>model.layers.0.self_attn.q_proj</c>). Knows no base.</summary>
internal static class ModuleName
{
    /// <summary>Whether a list's entry means the module: its name, or a tail of it after a dot.</summary>
    public static bool Matches(string entry, string module) => module == entry || IsTail(entry, module);

    /// <summary>Whether a list's entry is a tail of the name after a dot.</summary>
    public static bool IsTail(string entry, string module) =>
        module.Length > entry.Length && module.EndsWith(entry, StringComparison.Ordinal) && module[^(entry.Length + 1)] == '.';

    /// <summary>The module and every part that it lies in: <c>a.b.c</c>, <c>a.b</c>, <c>a</c>.</summary>
    public static IEnumerable<string> WithOwners(string module)
    {
        for (string part = module; part.Length > 0; part = Of(part)) yield return part;
    }

    /// <summary>The last parts of names, each once: what people call a layer by.</summary>
    public static IEnumerable<string> Tails(IEnumerable<string> modules) => modules.Select(name => name[(name.LastIndexOf('.') + 1)..]).Distinct();

    /// <summary>A tensor's module: its name without the last part.</summary>
    public static string Of(string tensor) => tensor[..Math.Max(0, tensor.LastIndexOf('.'))];
}
