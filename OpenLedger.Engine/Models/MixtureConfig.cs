namespace OpenLedger.Engine.Models;

/// <summary>A mixture of experts: how many there are, how a token finds its own, and which layers have them.</summary>
/// <param name="Experts">Experts in a layer.</param>
/// <param name="Active">Experts a token uses.</param>
/// <param name="Inner">Width inside one expert.</param>
public sealed record MixtureConfig(int Experts, int Active, int Inner)
{
    /// <summary>Whether the chosen weights are divided by their sum.</summary>
    public bool Normalise { get; init; }

    /// <summary>Scores by sigmoid with a correction that only counts in the choice (DeepSeek V3); otherwise by softmax.</summary>
    public bool Sigmoid { get; init; }

    /// <summary>What the chosen weights are multiplied by.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Groups of experts, of which <see cref="ActiveGroups"/> are open to a token; 1 for none.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Groups open to a token.</summary>
    public int ActiveGroups { get; init; } = 1;

    /// <summary>Width inside the expert that every token uses; 0 for none.</summary>
    public int SharedInner { get; init; }

    /// <summary>Whether the shared expert has a gate of its own (Qwen 2 MoE).</summary>
    public bool SharedGate { get; init; }

    /// <summary>Which layers are mixtures, one entry a layer.</summary>
    public required IReadOnlyList<bool> Layers { get; init; }
}
