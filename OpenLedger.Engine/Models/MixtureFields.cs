namespace OpenLedger.Engine.Models;

/// <summary>Reads what mixtures of experts say in a <c>config.json</c>, Qwen's way and DeepSeek's.</summary>
internal static class MixtureFields
{
    public static MixtureConfig Qwen(ConfigFields c, bool shared)
    {
        int step = Math.Max(1, c.SizeOrNull("decoder_sparse_step") ?? 1);
        IReadOnlyList<int> dense = c.Integers("mlp_only_layers");
        return new MixtureConfig(c.Size("num_experts", "num_local_experts"), c.Size("num_experts_per_tok"), c.Size("moe_intermediate_size"))
        {
            Normalise = c.Flag("norm_topk_prob"),
            SharedInner = shared ? c.Size("shared_expert_intermediate_size") : 0,
            SharedGate = shared,
            Layers = [.. Enumerable.Range(0, c.Size("num_hidden_layers")).Select(layer => !dense.Contains(layer) && (layer + 1) % step == 0)],
        };
    }

    public static MixtureConfig DeepSeek(ConfigFields c, bool sigmoid)
    {
        int dense = c.SizeOrNull("first_k_dense_replace") ?? 0, inner = c.Size("moe_intermediate_size");
        bool grouped = sigmoid || c.Text("topk_method") == "group_limited_greedy";
        return new MixtureConfig(c.Size("n_routed_experts"), c.Size("num_experts_per_tok"), inner)
        {
            Normalise = sigmoid && c.Flag("norm_topk_prob", otherwise: true),
            Sigmoid = sigmoid,
            Scale = c.Number("routed_scaling_factor") ?? 1,
            Groups = grouped ? c.SizeOrNull("n_group") ?? 1 : 1,
            ActiveGroups = grouped ? c.SizeOrNull("topk_group") ?? 1 : 1,
            SharedInner = inner * (c.SizeOrNull("n_shared_experts") ?? 0),
            Layers = [.. Enumerable.Range(0, c.Size("num_hidden_layers")).Select(layer => layer >= dense)],
        };
    }
}
