using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Adapters;

/// <summary>Begins an adapter with the strongest directions of the base's own weights (PiSSA: Meng et al., arXiv 2404.02948). Changes no base.</summary>
/// <remarks>
/// The paper takes the adapter's first state off the base. Here the base stays as it is and that state is kept beside the pair and taken off in the
/// product, so that a quantised base and one that others are reading need no second copy. In a file both stand in one pair of twice the rank.
/// </remarks>
public static class PissaStart
{
    /// <summary>Whether any pair began so.</summary>
    public static bool IsIn(LoraWeights weights) => weights.Pairs.Values.Any(pair => pair.Origin is not null);

    /// <summary>A fresh adapter: its product is the base's best approximation of its rank. Learnable.</summary>
    /// <param name="weightOf">The base's weight [out, in] of a module.</param>
    /// <param name="tensorOf">A tensor of the base by full name; needed where biases or whole modules learn.</param>
    /// <exception cref="AdapterException">A layer has fewer directions than the rank asks for, or is none that multiplies.</exception>
    public static LoraWeights Create(LoraConfig config, AdapterBase target, Func<string, Tensor> weightOf, Func<string, Tensor>? tensorOf = null)
    {
        if (target.Embedding is { } table && config.TargetsIn(target).Contains(table.Key)) throw new AdapterException($"'{table.Key}' looks words up and has no directions to begin with: leave it out, or turn the start from the base's strongest directions off");
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Dictionary<string, LoraPair> pairs = config.TargetsIn(target).ToDictionary(
            module => module, module => Strongest(module, weightOf(module), config.RankFor(module), config.ScaleFor(module)), StringComparer.Ordinal);
        LoraWeights made = new(config, pairs, FreshAdapter.Replacements(config, target, tensorOf)) { EmbeddingModule = target.Embedding?.Key };
        foreach ((_, Tensor value) in made.Parameters) value.requires_grad_();
        return made;
    }

    /// <summary>The same adapter for the base as it is: B·A less what it began with, as one pair of twice the rank (PEFT's conversion).</summary>
    public static LoraWeights ToPlain(LoraWeights weights)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        return new LoraWeights(Twice(weights.Config), weights.Pairs.ToDictionary(pair => pair.Key, pair => Joined(pair.Value), StringComparer.Ordinal), Copies(weights), weights.TokenRows?.detach().clone())
        {
            EmbeddingModule = weights.EmbeddingModule,
        };
    }

    /// <summary>The way back from <see cref="ToPlain"/>, to learn on. <paramref name="config"/> is the one it was created with.</summary>
    public static LoraWeights FromPlain(LoraWeights plain, LoraConfig config)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        LoraWeights made = new(config, plain.Pairs.ToDictionary(pair => pair.Key, pair => Parted(pair.Value, config.ScaleFor(pair.Key)), StringComparer.Ordinal), Copies(plain))
        {
            EmbeddingModule = plain.EmbeddingModule,
        };
        foreach ((_, Tensor value) in made.Parameters) value.requires_grad_();
        return made;
    }

    // W's singular vectors are the eigenvectors of W·Wᵀ: in float64 exact enough, and much sooner found than by a full decomposition.
    internal static LoraPair Strongest(string module, Tensor weight, int rank, double scale)
    {
        using DisposeScope scope = NewDisposeScope();
        long narrow = Math.Min(weight.shape[0], weight.shape[1]);
        if (rank > narrow) throw new AdapterException($"'{module}' has {narrow} directions of its own to begin with, and rank {rank} asks for more: take a rank of at most {narrow}, leave that layer out, or turn the start from the base's strongest directions off");
        bool tall = weight.shape[0] > weight.shape[1];
        Tensor w = (tall ? weight.t() : weight).to(float64).cpu();                     // [narrow, wide]
        (Tensor values, Tensor vectors) = linalg.eigh(w.mm(w.t()));                    // rising
        Tensor singular = values.narrow(0, narrow - rank, rank).clamp(min: 1e-30).sqrt();
        Tensor left = vectors.narrow(1, narrow - rank, rank);                          // [narrow, rank]
        Tensor right = left.t().mm(w) / singular.unsqueeze(1);                         // [rank, wide]
        Tensor root = (singular / scale).sqrt();
        Tensor a = (tall ? left.t() : right) * root.unsqueeze(1), b = (tall ? right.t() : left) * root;
        LoraPair start = new(Float(a, weight.device), Float(b, weight.device), scale);
        return start with { Origin = new LoraPair(start.A.clone().MoveToOuterDisposeScope(), start.B.clone().MoveToOuterDisposeScope(), scale) };
    }

    private static Dictionary<string, Tensor> Copies(LoraWeights weights) =>
        weights.Replacements.ToDictionary(one => one.Key, one => one.Value.detach().clone(), StringComparer.Ordinal);

    private static Tensor Float(Tensor value, Device device) => value.to(float32).to(device).contiguous().MoveToOuterDisposeScope();

    // A pair on the embedding began with nothing of the base's: as many zeros keep it what it is.
    private static LoraPair Joined(LoraPair pair) => new(
        cat([pair.A, pair.Origin?.A ?? zeros_like(pair.A)], 0), cat([pair.B, pair.Origin is { } origin ? -origin.B : zeros_like(pair.B)], 1), pair.Scale)
    {
        Magnitude = pair.Magnitude?.detach().clone(),
        BiasOnB = pair.BiasOnB?.detach().clone(),
    };

    private static LoraPair Parted(LoraPair joined, double scale)
    {
        long rank = joined.A.shape[0] / 2;
        return new LoraPair(joined.A.narrow(0, 0, rank).clone(), joined.B.narrow(1, 0, rank).clone(), scale)
        {
            Origin = new LoraPair(joined.A.narrow(0, rank, rank).clone(), -joined.B.narrow(1, rank, rank), scale),
        };
    }

    // The scale stays what it was: alpha / rank, or alpha / sqrt(rank).
    private static LoraConfig Twice(LoraConfig config)
    {
        double stretch = config.RankStabilized ? Math.Sqrt(2) : 2;
        return config with
        {
            Origin = LoraOrigin.None,
            Rank = 2 * config.Rank,
            Alpha = stretch * config.Alpha,
            RankPattern = [.. config.RankPattern.Select(one => KeyValuePair.Create(one.Key, 2 * one.Value))],
            AlphaPattern = [.. config.AlphaPattern.Select(one => KeyValuePair.Create(one.Key, stretch * one.Value))],
        };
    }
}
