namespace OpenLedger.Engine.Adapters.Merging;

/// <summary>How a merged adapter is shaped: r and alpha are the new rank, patterns are gone, the rest is the first adapter's. Holds no weights.</summary>
internal static class MergedConfig
{
    /// <summary>The rank of the result.</summary>
    public static int RankOf(IReadOnlyList<MergeSource> sources, MergeOptions options)
    {
        int[] ranks = [.. sources.Select(source => (int)source.Adapter.Pairs.Values.Max(pair => pair.A.shape[0]))];
        return options.Method == MergeMethod.Concatenate ? ranks.Sum() : options.Method.IsWhole() && options.Rank is { } asked ? asked : ranks.Max();
    }

    public static LoraConfig For(IReadOnlyList<MergeSource> sources, MergeOptions options, int rank, IReadOnlyList<string> modules)
    {
        LoraConfig first = sources[0].Adapter.Config;
        LoraConfig merged = first with
        {
            Rank = rank,
            Alpha = rank,
            RankPattern = [],
            AlphaPattern = [],
            RankStabilized = first.RankStabilized && options.RepeatsPeftScale,
        };
        if (sources.All(source => ChoosesAs(first, source.Adapter.Config))) return merged;
        // The adapters stand on different modules: only their full names say exactly which.
        return merged with { TargetModules = modules, TargetPattern = null, ExcludeModules = [], ExcludePattern = null, LayersToTransform = null, LayersPattern = null };
    }

    private static bool ChoosesAs(LoraConfig one, LoraConfig other) =>
        one.TargetModules.ToHashSet().SetEquals(other.TargetModules) && one.TargetPattern == other.TargetPattern
        && one.ExcludeModules.ToHashSet().SetEquals(other.ExcludeModules) && one.ExcludePattern == other.ExcludePattern
        && Same(one.LayersToTransform, other.LayersToTransform) && Same(one.LayersPattern, other.LayersPattern);

    private static bool Same<T>(IReadOnlyList<T>? one, IReadOnlyList<T>? other) => (one ?? []).ToHashSet().SetEquals(other ?? []);
}
