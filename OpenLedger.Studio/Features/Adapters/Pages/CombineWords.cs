using OpenLedger.Engine.Adapters.Merging;

namespace OpenLedger.Studio.Features.Adapters.Pages;

/// <summary>The ways to combine, each in a sentence. Reads nothing.</summary>
internal static class CombineWords
{
    /// <summary>What suits most, for adapters of any size; the exact one first.</summary>
    public static IReadOnlyList<MergeMethod> Plain { get; } = [MergeMethod.Concatenate, MergeMethod.Svd, MergeMethod.TiesSvd];

    /// <summary>For who knows them by name.</summary>
    public static IReadOnlyList<MergeMethod> More { get; } =
    [
        MergeMethod.Linear, MergeMethod.Ties, MergeMethod.DareLinear, MergeMethod.DareLinearSvd,
        MergeMethod.DareTies, MergeMethod.DareTiesSvd, MergeMethod.MagnitudePrune, MergeMethod.MagnitudePruneSvd,
    ];

    public static string Title(MergeMethod method) => method switch
    {
        MergeMethod.Concatenate => "Keep everything (cat)",
        MergeMethod.Svd => "Blend and keep it small (svd)",
        MergeMethod.Linear => "Sum of the parts (linear)",
        MergeMethod.Ties => "Agreeing parts (ties)",
        MergeMethod.TiesSvd => "Blend where they agree (ties_svd)",
        MergeMethod.DareLinear => "Thinned at random (dare_linear)",
        MergeMethod.DareLinearSvd => "Thinned at random, cut to a size (dare_linear_svd)",
        MergeMethod.DareTies => "Thinned, then agreeing parts (dare_ties)",
        MergeMethod.DareTiesSvd => "Thinned, agreeing, cut to a size (dare_ties_svd)",
        MergeMethod.MagnitudePrune => "Largest parts only (magnitude_prune)",
        MergeMethod.MagnitudePruneSvd => "Largest parts, cut to a size (magnitude_prune_svd)",
    };

    public static string Text(MergeMethod method) => method switch
    {
        MergeMethod.Concatenate => "The new one does exactly what all of them do together, by their weights, and is as large as all of them together. Take this if you are unsure.",
        MergeMethod.Svd => "The same, cut down to the size of the largest of them: as little is lost as can be at that size.",
        MergeMethod.Linear => "Small and quick, for adapters of one size; what each does mixes with the others.",
        MergeMethod.Ties => "Keeps the largest numbers of each and adds only those that pull the same way. For adapters of one size.",
        MergeMethod.TiesSvd => "Keeps the largest changes of each and adds only those that pull the same way: for adapters that get in each other's way.",
        MergeMethod.DareLinear => "Drops numbers at random and strengthens the rest, so that adapters disturb each other less. For adapters of one size.",
        MergeMethod.DareLinearSvd => "The same on whole changes, for adapters of different sizes.",
        MergeMethod.DareTies => "Drops at random, then adds only what pulls the same way. For adapters of one size.",
        MergeMethod.DareTiesSvd => "The same on whole changes, for adapters of different sizes.",
        MergeMethod.MagnitudePrune => "Adds only the largest numbers of each. For adapters of one size.",
        MergeMethod.MagnitudePruneSvd => "The same on whole changes, for adapters of different sizes.",
    };
}
