namespace OpenLedger.Engine.Adapters.Merging;

/// <summary>What can be merged, said before a number is touched: parts that a sum of updates cannot hold are refused by name.</summary>
internal static class MergeRules
{
    /// <exception cref="AdapterException">The adapter does more than add low-rank updates.</exception>
    public static void RequireMergeable(MergeSource source)
    {
        LoraWeights adapter = source.Adapter;
        if (!double.IsFinite(source.Weight)) throw new AdapterException($"the weight {source.Weight} is no number to multiply with");
        // PEFT merges these without a word and gives a wrong adapter (huggingface/peft#3761).
        if (adapter.Config.Dora) throw new AdapterException("a DoRA adapter cannot be combined: its magnitudes are no sum; export it merged instead");
        if (adapter.Config.BiasOnB) throw new AdapterException("an adapter with a bias on B cannot be combined: the bias would be lost");
        if (adapter.TokenRows is not null) throw new AdapterException("an adapter that replaces single tokens cannot be combined: only one replacement can stand");
        if (adapter.Replacements.Count > 0) throw new AdapterException($"an adapter that replaces '{adapter.Replacements.Keys.First()}' cannot be combined: only one replacement can stand");
    }

    /// <exception cref="AdapterException">The result would be of a larger rank than any reader takes.</exception>
    public static void RequireRank(int rank)
    {
        if (rank > LoraConfig.MaxRank) throw new AdapterException($"side by side these adapters make the rank {rank}, and {LoraConfig.MaxRank} is the most: take svd, which cuts their sum to the largest one's rank");
    }

    /// <exception cref="AdapterException">The factors are of different ranks, so that they cannot be added.</exception>
    public static void RequireOneRank(string module, IReadOnlyList<long> ranks, MergeMethod method)
    {
        if (ranks.Distinct().Count() > 1) throw new AdapterException($"'{module}' has the ranks {string.Join(", ", ranks)}; {method.PeftName()} adds factors of one rank only: take cat or svd");
    }
}
