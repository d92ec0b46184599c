using OpenLedger.Engine.Adapters.Merging;

namespace OpenLedger.Studio.Features.Adapters.Pages;

/// <summary>The ways to combine, each in a sentence. Reads nothing.</summary>
internal static class CombineWords
{
    /// <summary>In the order of the page, the exact one first.</summary>
    public static IReadOnlyList<MergeMethod> Offered { get; } =
    [
        MergeMethod.Concatenate, MergeMethod.Svd, MergeMethod.Linear, MergeMethod.Ties, MergeMethod.TiesSvd, MergeMethod.DareLinear, MergeMethod.DareLinearSvd,
        MergeMethod.DareTies, MergeMethod.DareTiesSvd, MergeMethod.MagnitudePrune, MergeMethod.MagnitudePruneSvd,
    ];

    public static string Title(MergeMethod method) => method switch
    {
        MergeMethod.Concatenate => "Side by side (cat)",
        MergeMethod.Svd => "Cut to a size (svd)",
        MergeMethod.Linear => "Sum of the parts (linear)",
        MergeMethod.Ties => "Agreeing parts (ties)",
        MergeMethod.TiesSvd => "Agreeing parts, cut to a size (ties_svd)",
        MergeMethod.DareLinear => "Thinned at random (dare_linear)",
        MergeMethod.DareLinearSvd => "Thinned at random, cut to a size (dare_linear_svd)",
        MergeMethod.DareTies => "Thinned, then agreeing parts (dare_ties)",
        MergeMethod.DareTiesSvd => "Thinned, agreeing, cut to a size (dare_ties_svd)",
        MergeMethod.MagnitudePrune => "Largest parts only (magnitude_prune)",
        MergeMethod.MagnitudePruneSvd => "Largest parts, cut to a size (magnitude_prune_svd)",
    };

    public static string Text(MergeMethod method) => method switch
    {
        MergeMethod.Concatenate => "Exactly the sum of what they do. The new adapter is as large as all of them together.",
        MergeMethod.Svd => "The sum, cut to the largest one's size: the least that can be lost at that size.",
        MergeMethod.Linear => "Small and quick, for adapters of one size; what each does mixes with the others.",
        MergeMethod.Ties => "Keeps the largest numbers of each and adds only those that pull the same way. For adapters of one size.",
        MergeMethod.TiesSvd => "The same on whole changes, for adapters of different sizes.",
        MergeMethod.DareLinear => "Drops numbers at random and strengthens the rest, so that adapters disturb each other less. For adapters of one size.",
        MergeMethod.DareLinearSvd => "The same on whole changes, for adapters of different sizes.",
        MergeMethod.DareTies => "Drops at random, then adds only what pulls the same way. For adapters of one size.",
        MergeMethod.DareTiesSvd => "The same on whole changes, for adapters of different sizes.",
        MergeMethod.MagnitudePrune => "Adds only the largest numbers of each. For adapters of one size.",
        MergeMethod.MagnitudePruneSvd => "The same on whole changes, for adapters of different sizes.",
    };
}
