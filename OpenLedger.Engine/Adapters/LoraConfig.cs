namespace OpenLedger.Engine.Adapters;

/// <summary>Which of the base's own biases an adapter replaces (PEFT's <c>bias</c>).</summary>
public enum LoraBias { None, All, LoraOnly }

/// <summary>How a low-rank adapter is shaped (Hu et al., "LoRA", 2021), with PEFT's meaning of every field. Holds no weights.</summary>
/// <param name="Rank">Rank of A and B where no pattern says otherwise.</param>
/// <param name="Alpha">Scale numerator: the update is multiplied by Alpha / Rank.</param>
/// <param name="Dropout">Share of the adapter's input that is dropped in training, 0 to below 1.</param>
/// <param name="TargetModules">Names or name tails (<c>q_proj</c>); the one entry <see cref="AllLinear"/> takes every linear layer but the output.</param>
/// <param name="RankStabilized">Scale by Alpha / sqrt(Rank) instead (Kalajdzievski, "rsLoRA", 2023).</param>
public sealed record LoraConfig(int Rank, double Alpha, double Dropout, IReadOnlyList<string> TargetModules, bool RankStabilized = false)
{
    /// <summary>PEFT's word for every linear layer except the output.</summary>
    public const string AllLinear = "all-linear";

    /// <summary>Largest rank that is accepted: beyond a matrix's width a rank only costs memory.</summary>
    public const int MaxRank = 4096;

    /// <summary>A regular expression for whole module names, in place of <see cref="TargetModules"/>.</summary>
    public string? TargetPattern { get; init; }

    /// <summary>Names or name tails that are left out.</summary>
    public IReadOnlyList<string> ExcludeModules { get; init; } = [];

    /// <summary>A regular expression for whole names that are left out.</summary>
    public string? ExcludePattern { get; init; }

    /// <summary>Ranks of modules by pattern; the first that matches counts.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> RankPattern { get; init; } = [];

    /// <summary>Alphas of modules by pattern; the first that matches counts.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> AlphaPattern { get; init; } = [];

    /// <summary>Layers that are adapted; null for all.</summary>
    public IReadOnlyList<int>? LayersToTransform { get; init; }

    /// <summary>Regular expressions for the path segment before a layer's number (<c>layers</c>); null for any.</summary>
    public IReadOnlyList<string>? LayersPattern { get; init; }

    /// <summary>Weight-decomposed: a learned magnitude per output (Liu et al., "DoRA", 2024).</summary>
    public bool Dora { get; init; }

    /// <summary>Whether B carries a bias, scaled with it.</summary>
    public bool BiasOnB { get; init; }

    /// <summary>Which base biases come with the adapter.</summary>
    public LoraBias Bias { get; init; }

    /// <summary>Modules whose whole weights come with the adapter.</summary>
    public IReadOnlyList<string> ModulesToSave { get; init; } = [];

    /// <summary>Whether PEFT was told to keep a tied embedding and output layer one (<c>ensure_weight_tying</c>).</summary>
    public bool KeepsTie { get; init; }

    /// <summary>Rows of the embedding that the adapter replaces; null for none.</summary>
    public IReadOnlyList<int>? TrainableTokens { get; init; }

    /// <summary>What the tokens' module is called where the file names it; null for the embedding.</summary>
    public string? TrainableTokensIn { get; init; }

    /// <summary>What an unconverted file takes for gone from the base.</summary>
    public LoraOrigin Origin { get; init; }

    /// <summary>The module's rank.</summary>
    public int RankFor(string module)
    {
        foreach ((string pattern, int rank) in RankPattern)
        {
            if (ModulePattern.IsTail(pattern, module)) return rank;
        }
        return Rank;
    }

    /// <summary>The module's alpha.</summary>
    public double AlphaFor(string module)
    {
        foreach ((string pattern, double alpha) in AlphaPattern)
        {
            if (ModulePattern.IsTail(pattern, module)) return alpha;
        }
        return Alpha;
    }

    /// <summary>What the module's B·A is multiplied by.</summary>
    public double ScaleFor(string module) => AlphaFor(module) / (RankStabilized ? Math.Sqrt(RankFor(module)) : RankFor(module));

    /// <summary>Whether the module comes whole with the adapter, by itself or within a larger part. PEFT asks for the end of the name only: <c>norm</c> takes <c>input_layernorm</c> too.</summary>
    public bool Saves(string module) => ModulesToSave.Any(name => ModuleName.WithOwners(module).Any(part => part.EndsWith(name, StringComparison.Ordinal)));

    /// <summary>The modules of a base that this adapter stands on, in the base's order.</summary>
    /// <exception cref="AdapterException">None matches, or a name in the list matches nothing.</exception>
    public IReadOnlyList<string> TargetsIn(AdapterBase target)
    {
        List<string> chosen = [.. target.Modules.Where(module => Targets(module, target))];
        if (chosen.Count > 0) return chosen;
        string wanted = TargetPattern ?? string.Join(", ", TargetModules);
        throw new AdapterException($"no layer of the base is named by the target modules '{wanted}'; it has {string.Join(", ", ModuleName.Tails(target.Modules))}");
    }

    /// <summary>Full names of the base's tensors that the adapter brings whole, as PEFT chooses what to train: saved modules and the wanted biases.</summary>
    public IReadOnlyList<string> ReplacedIn(AdapterBase target)
    {
        IEnumerable<string> biased = Bias switch
        {
            LoraBias.None => [],
            LoraBias.All => target.Parts,
            LoraBias.LoraOnly => TargetsIn(target),
        };
        IEnumerable<string> biases = biased.Select(module => module + ".bias").Where(name => target.TryTensor(name, out _));
        return [.. target.Parts.Where(Saves).SelectMany(target.TensorsOf).Concat(biases).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The same choice in words that PEFT takes: it has no <see cref="AllLinear"/> on some layers only, so those are named.</summary>
    public LoraConfig SpelledOut(AdapterBase target) =>
        TargetModules is [AllLinear] && LayersToTransform is { Count: > 0 } ? this with { TargetModules = [.. ModuleName.Tails(target.Linears.Keys)] } : this;

    private bool Targets(string module, AdapterBase target)
    {
        if (Excluded(module) || Saves(module)) return false;   // what is trained whole is never adapted too
        if (TargetPattern is not null) return ModulePattern.IsWhole(TargetPattern, module);
        if (TargetModules is [AllLinear]) return target.Linears.ContainsKey(module) && OnAdaptedLayer(module);
        return TargetModules.Contains(module) || (TargetModules.Any(name => ModuleName.IsTail(name, module)) && OnAdaptedLayer(module));
    }

    private bool Excluded(string module) =>
        (ExcludePattern is not null && ModulePattern.IsWhole(ExcludePattern, module)) || ExcludeModules.Any(name => ModuleName.Matches(name, module));

    private bool OnAdaptedLayer(string module) =>
        LayersToTransform is not { Count: > 0 } || (LayerOf(module) is { } layer && LayersToTransform.Contains(layer));

    /// <summary>The number in a module's name that <see cref="LayersToTransform"/> means: the last one, or the one behind the first pattern that fits; null where it is on no layer.</summary>
    internal int? LayerOf(string module) => LayersPattern is { Count: > 0 }
        ? LayersPattern.Select(pattern => ModulePattern.LayerBehind(pattern, module)).FirstOrDefault(layer => layer is not null)
        : ModulePattern.LayerBehind("[^.]*", module);
}
