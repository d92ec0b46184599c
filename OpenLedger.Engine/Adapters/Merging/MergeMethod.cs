namespace OpenLedger.Engine.Adapters.Merging;

/// <summary>How several adapters become one: PEFT's combination types. The ones on whole updates cut the result to a rank by singular values.</summary>
public enum MergeMethod
{
    /// <summary>Ranks beside each other: exactly the weighted sum, at the price of a larger rank (<c>cat</c>).</summary>
    Concatenate,

    /// <summary>The weighted sum of whole updates, cut to a rank (<c>svd</c>).</summary>
    Svd,

    /// <summary>Weighted sums of the factors, each for itself: small, with cross terms (<c>linear</c>).</summary>
    Linear,

    /// <summary>Yadav et al., "TIES-Merging", 2023: prune, agree on a sign, average those who agree.</summary>
    Ties,

    TiesSvd,

    /// <summary>Yu et al., "Language Models are Super Mario" (DARE), 2023: drop at random, scale up what stays.</summary>
    DareLinear,

    DareLinearSvd,

    DareTies,

    DareTiesSvd,

    /// <summary>Only the largest numbers of each adapter.</summary>
    MagnitudePrune,

    MagnitudePruneSvd,
}

/// <summary>What is common to several methods, and their names in PEFT.</summary>
public static class MergeMethods
{
    /// <summary>PEFT's <c>combination_type</c>.</summary>
    public static string PeftName(this MergeMethod method) => method switch
    {
        MergeMethod.Concatenate => "cat",
        MergeMethod.Svd => "svd",
        MergeMethod.Linear => "linear",
        MergeMethod.Ties => "ties",
        MergeMethod.TiesSvd => "ties_svd",
        MergeMethod.DareLinear => "dare_linear",
        MergeMethod.DareLinearSvd => "dare_linear_svd",
        MergeMethod.DareTies => "dare_ties",
        MergeMethod.DareTiesSvd => "dare_ties_svd",
        MergeMethod.MagnitudePrune => "magnitude_prune",
        MergeMethod.MagnitudePruneSvd => "magnitude_prune_svd",
    };

    /// <summary>Whether it works on whole updates B·A instead of on A and B.</summary>
    public static bool IsWhole(this MergeMethod method) =>
        method is MergeMethod.Svd or MergeMethod.TiesSvd or MergeMethod.DareLinearSvd or MergeMethod.DareTiesSvd or MergeMethod.MagnitudePruneSvd;

    /// <summary>Whether a part of each adapter's numbers is dropped first, so that a density is needed.</summary>
    public static bool Drops(this MergeMethod method) => method is not (MergeMethod.Concatenate or MergeMethod.Svd or MergeMethod.Linear);

    /// <summary>Whether what is dropped is drawn, so that a seed is needed.</summary>
    public static bool Draws(this MergeMethod method) =>
        method is MergeMethod.DareLinear or MergeMethod.DareLinearSvd or MergeMethod.DareTies or MergeMethod.DareTiesSvd;

    internal static bool Elects(this MergeMethod method) =>
        method is MergeMethod.Ties or MergeMethod.TiesSvd or MergeMethod.DareTies or MergeMethod.DareTiesSvd;
}
