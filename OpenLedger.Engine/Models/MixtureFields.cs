namespace OpenLedger.Engine.Models;

/// <summary>Reads what mixtures of experts say in a <c>config.json</c>, Qwen's way, Mixtral's and DeepSeek's.</summary>
internal static class MixtureFields
{
    /// <summary>Qwen's; null where no layer has experts.</summary>
    public static MixtureConfig? Qwen(ConfigFields c, bool shared)
    {
        int step = Math.Max(1, c.SizeOrNull("decoder_sparse_step") ?? 1), experts = c.Size("num_experts", "num_local_experts");
        if (experts == 0) return null;
        IReadOnlyList<int> dense = c.Integers("mlp_only_layers");
        return new MixtureConfig(experts, c.Size("num_experts_per_tok"), c.Size("moe_intermediate_size"))
        {
            Normalise = c.Flag("norm_topk_prob"),
            SharedInner = shared ? c.Size("shared_expert_intermediate_size") : 0,
            SharedGate = shared,
            Layers = [.. Enumerable.Range(0, c.Size("num_hidden_layers")).Select(layer => !dense.Contains(layer) && (layer + 1) % step == 0)],
        };
    }

    /// <summary>Mixtral's: every layer has experts, and the chosen ones' weights add up to one.</summary>
    public static MixtureConfig Mixtral(ConfigFields c) => new(c.Size("num_local_experts", "num_experts"), c.Size("num_experts_per_tok"), c.Size("intermediate_size"))
    {
        Normalise = true,
        Layers = [.. Enumerable.Repeat(true, c.Size("num_hidden_layers"))],
    };

    public static MixtureConfig DeepSeek(ConfigFields c, bool sigmoid)
    {
        int dense = c.SizeOrNull("first_k_dense_replace") ?? 0, inner = c.Size("moe_intermediate_size");
        RequireKnownRouting(c, sigmoid);
        bool grouped = sigmoid || c.Text("topk_method") == "group_limited_greedy";
        return new MixtureConfig(c.Size("n_routed_experts"), c.Size("num_experts_per_tok"), inner)
        {
            Normalise = sigmoid && c.Flag("norm_topk_prob"),   // transformers' V2 does not look at it
            Sigmoid = sigmoid,
            Scale = c.Number("routed_scaling_factor") ?? 1,
            Groups = grouped ? c.SizeOrNull("n_group") ?? 1 : 1,
            ActiveGroups = grouped ? c.SizeOrNull("topk_group") ?? 1 : 1,
            SharedInner = inner * (c.SizeOrNull("n_shared_experts") ?? 0),
            Layers = [.. Enumerable.Range(0, c.Size("num_hidden_layers")).Select(layer => layer >= dense)],
        };
    }

    private static void RequireKnownRouting(ConfigFields c, bool sigmoid)
    {
        string scoring = c.Text("scoring_func") ?? (sigmoid ? "sigmoid" : "softmax"), method = c.Text("topk_method") ?? (sigmoid ? "noaux_tc" : "greedy");
        bool known = sigmoid ? scoring == "sigmoid" && method == "noaux_tc" : scoring == "softmax" && method is "greedy" or "group_limited_greedy";
        if (!known) throw new ModelException($"config.json: experts chosen by '{method}' from '{scoring}' scores are not supported in this family; {(sigmoid ? "noaux_tc from sigmoid" : "greedy and group_limited_greedy from softmax")} scores are");
    }
}
